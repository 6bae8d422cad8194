/** Which language is spoken: what somebody chose, else the place's, else the browser's. */

import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { WORDS, type Words } from '@/portal/words'

export const LANGUAGES = {
  en: { name: 'English', locale: 'en-GB' },
  fa: { name: 'دری / فارسی', locale: 'fa-AF' },
  ps: { name: 'پښتو', locale: 'ps-AF' },
  ur: { name: 'اردو', locale: 'ur-PK' },
  ar: { name: 'العربية', locale: 'ar' },
} as const
export type Language = keyof typeof LANGUAGES

const CHOSEN = 'serai.language'
const PLACE = 'serai.portal.language'

function known(tag: string | null | undefined): Language | undefined {
  const short = (tag ?? '').slice(0, 2)
  return short in LANGUAGES ? (short as Language) : undefined
}

function kept(where: () => Storage, key: string): Language | undefined {
  try {
    return known(where().getItem(key))
  } catch {
    return undefined
  }
}

function keep(where: () => Storage, key: string, language: Language): void {
  try {
    where().setItem(key, language)
  } catch {}
}

const chosen = () => kept(() => localStorage, CHOSEN)

export const firstLanguage = (): Language =>
  chosen() ?? kept(() => sessionStorage, PLACE) ?? navigator.languages.map(known).find(Boolean) ?? 'en'

export const choose = (language: Language): void => keep(() => localStorage, CHOSEN, language)

/** The language of a place, where nobody chose another; its next pages speak it too. */
export function languageOfPlace(locale: string): Language | undefined {
  const language = chosen() ? undefined : known(locale)
  if (language) keep(() => sessionStorage, PLACE, language)
  return language
}

export function show(language: Language): void {
  document.documentElement.lang = language
  document.documentElement.dir = language === 'en' ? 'ltr' : 'rtl'
}

interface Speech {
  language: Language
  w: Words
  speak: (language: Language) => void
  moment: (at: Date | string) => string
  number: (value: number) => string
}

const WHEN: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' }

export function speech(language: Language, speak: (language: Language) => void): Speech {
  const locale = [LANGUAGES[language].locale, LANGUAGES.fa.locale] // where a browser does not know Pashto's ways
  const when = new Intl.DateTimeFormat(locale, WHEN)
  const count = new Intl.NumberFormat(locale, { useGrouping: false })
  return { language, w: WORDS[language], speak, moment: (at) => when.formatToParts(new Date(at)).map((part) => (part.type === 'era' ? '' : part.value)).join('').trim(), number: (value) => count.format(value) }
}

export const Spoken = createContext<Speech>(speech('en', () => {}))
export const useSpeech = (): Speech => useContext(Spoken)
