/** The name of a kind of work: as the company calls it, else as we do, else its code. */

import type { Language } from '@/portal/language'
import { WORDS } from '@/portal/words'

export function tradeName(code: string, language: Language, names: Readonly<Record<string, string>> = {}): string {
  const own = Object.keys(names).find((tag) => tag.slice(0, 2) === language)
  const ours = WORDS[language].trades as Readonly<Record<string, string>>
  return (own && names[own]) || ours[code] || names.en || code.replaceAll('_', ' ')
}
