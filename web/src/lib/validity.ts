/** What a browser refuses by itself, it would say in its own language: here it says it in the app's. */

import i18n from 'i18next'
import { number } from '@/lib/i18n'

type Judged = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

const isJudged = (one: unknown): one is Judged => one instanceof HTMLInputElement || one instanceof HTMLSelectElement || one instanceof HTMLTextAreaElement

function words(one: Judged): string {
  const { valid, valueMissing, tooShort } = one.validity
  if (valid) return ''
  if (valueMissing) return i18n.t('fault.missing')
  return tooShort && 'minLength' in one ? i18n.t('fault.short', { shown: number(one.minLength) }) : i18n.t('fault.wrong')
}

/** From now on, in every form of this document. */
export function speakOurWords(): void {
  const listen = (kind: string, hear: (one: Judged) => void): void =>
    document.addEventListener(kind, ({ target }) => isJudged(target) && hear(target), true)
  for (const kind of ['input', 'change']) listen(kind, (one) => one.setCustomValidity(''))
  listen('invalid', (one) => {
    one.setCustomValidity('')
    one.setCustomValidity(words(one))
  })
}
