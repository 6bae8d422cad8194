/** Languages: only the one that is spoken is loaded; numbers and dates are written as its readers write them. */

import i18n from 'i18next'
import { initReactI18next } from 'react-i18next'
import en from '@/locales/en.json'

export const LANGUAGES = {
  en: { name: 'English', locale: 'en-GB' },
  fa: { name: 'دری / فارسی', locale: 'fa-AF' },
  ps: { name: 'پښتو', locale: 'ps-AF' },
  ur: { name: 'اردو', locale: 'ur-PK' },
  ar: { name: 'العربية', locale: 'ar' },
} as const
export type Language = keyof typeof LANGUAGES

const LOADED: Record<Exclude<Language, 'en'>, () => Promise<{ default: object }>> = {
  fa: () => import('@/locales/fa.json'),
  ps: () => import('@/locales/ps.json'),
  ur: () => import('@/locales/ur.json'),
  ar: () => import('@/locales/ar.json'),
}
const KEPT = 'serai.language'

const isLanguage = (text: string): text is Language => text in LANGUAGES
export const isRightToLeft = (language: string): boolean => /^(fa|ps|ur|ar)/.test(language)
export const language = (): Language => (isLanguage(i18n.language) ? i18n.language : 'en')
export const locale = (): string => LANGUAGES[language()].locale

export async function speak(wanted: Language): Promise<void> {
  if (wanted !== 'en' && !i18n.hasResourceBundle(wanted, 'translation')) {
    i18n.addResourceBundle(wanted, 'translation', (await LOADED[wanted]()).default)
  }
  await i18n.changeLanguage(wanted)
  localStorage.setItem(KEPT, wanted)
  document.documentElement.lang = wanted
  document.documentElement.dir = isRightToLeft(wanted) ? 'rtl' : 'ltr'
}

export async function openLanguages(): Promise<void> {
  await i18n.use(initReactI18next).init({
    lng: 'en', fallbackLng: 'en', resources: { en: { translation: en } }, interpolation: { escapeValue: false },
  })
  const kept = localStorage.getItem(KEPT) ?? navigator.language.slice(0, 2)
  if (kept !== 'en' && isLanguage(kept)) await speak(kept)
}

const formats = new Map<string, Intl.DateTimeFormat>()

export function moment(at: Date | string, how: Intl.DateTimeFormatOptions): string {
  const key = locale() + JSON.stringify(how)
  let format = formats.get(key)
  if (!format) formats.set(key, (format = new Intl.DateTimeFormat(locale(), how)))
  return format.format(new Date(at))
}

/** Prose numbers alone: the numbers of rooms stay as they stand on the doors. */
export const number = (value: number): string => new Intl.NumberFormat(locale()).format(value)
