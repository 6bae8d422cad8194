/** Languages: only the one that is spoken is loaded; numbers and dates are written as its readers write them. */

import i18n from 'i18next'
import { initReactI18next } from 'react-i18next'

/** A draft was written with care and not read by a native yet. */
export const LANGUAGES = {
  en: { name: 'English', locale: 'en-GB' },
  fa: { name: 'دری / فارسی', locale: 'fa-AF' },
  ps: { name: 'پښتو', locale: 'ps-AF', isDraft: true },
  ur: { name: 'اردو', locale: 'ur-PK', isDraft: true },
  ar: { name: 'العربية', locale: 'ar', isDraft: true },
} as const satisfies Record<string, { name: string; locale: string; isDraft?: true }>
export type Language = keyof typeof LANGUAGES

const LOADED: Record<Language, () => Promise<{ default: object }>> = {
  en: () => import('@/locales/en.json'),
  fa: () => import('@/locales/fa.json'),
  ps: () => import('@/locales/ps.json'),
  ur: () => import('@/locales/ur.json'),
  ar: () => import('@/locales/ar.json'),
}
const KEPT = 'serai.language'

const isLanguage = (text: string): text is Language => text in LANGUAGES
export const isRightToLeft = (language: string): boolean => /^(fa|ps|ur|ar)/.test(language)
export const language = (): Language => (isLanguage(i18n.language) ? i18n.language : 'en')
const written = new Map<Language, string>()

/** How numbers and dates are written. Few browsers know Pashto's way: elsewhere it is Dari's, not English. */
export function locale(): string {
  const one = language()
  const found = written.get(one) ?? Intl.DateTimeFormat.supportedLocalesOf([LANGUAGES[one].locale, LANGUAGES.fa.locale])[0] ?? LANGUAGES.en.locale
  written.set(one, found)
  return found
}

export async function speak(wanted: Language): Promise<void> {
  if (!i18n.hasResourceBundle(wanted, 'translation')) {
    i18n.addResourceBundle(wanted, 'translation', (await LOADED[wanted]()).default)
  }
  await i18n.changeLanguage(wanted)
  localStorage.setItem(KEPT, wanted)
  document.documentElement.lang = wanted
  document.documentElement.dir = isRightToLeft(wanted) ? 'rtl' : 'ltr'
}

export async function openLanguages(): Promise<void> {
  await i18n.use(initReactI18next).init({
    fallbackLng: false, resources: {}, interpolation: { escapeValue: false },
  })
  const kept = localStorage.getItem(KEPT) ?? navigator.language.slice(0, 2)
  await speak(isLanguage(kept) ? kept : 'en')
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** The zone is always said: a phone may be set to another one than its hotel's. */
export function moment(at: Date | string, how: Omit<Intl.DateTimeFormatOptions, 'timeZone'> & { timeZone: string | undefined }): string {
  const key = locale() + JSON.stringify(how)
  let format = formats.get(key)
  if (!format) formats.set(key, (format = new Intl.DateTimeFormat(locale(), how)))
  return format.formatToParts(new Date(at)).map((part) => (part.type === 'era' ? '' : part.value)).join('').trim()
}

/** A whole date with the day of its week: put together here, as browsers turn it round in Dari. */
export const day = (at: Date | string, timeZone: string): string =>
  `${moment(at, { weekday: 'long', timeZone })} ${moment(at, { dateStyle: 'long', timeZone })}`

const numbers = new Map<string, Intl.NumberFormat>()

function figure(value: number, how: Intl.NumberFormatOptions = {}): string {
  const key = locale() + JSON.stringify(how)
  let format = numbers.get(key)
  if (!format) numbers.set(key, (format = new Intl.NumberFormat(locale(), how)))
  return format.format(value)
}

/** Prose numbers alone: the numbers of rooms stay as they stand on the doors. */
export const number = (value: number): string => figure(value)

const UNITS = [['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000]] as const

/** How far away a moment is, in the largest unit that says something: in 2 hours, 5 minutes ago. */
export function distance(at: string, now: number, style: 'short' | 'narrow' = 'short'): string {
  const far = Date.parse(at) - now
  const [unit, size] = UNITS.find(([, one]) => Math.abs(far) >= one) ?? UNITS[2]
  return new Intl.RelativeTimeFormat(locale(), { numeric: 'auto', style }).format(Math.trunc(far / size), unit)
}

/** A span of minutes: 1 h 5 min. */
export function span(minutes: number): string {
  const unit = (value: number, name: string): string =>
    figure(value, { style: 'unit', unit: name, unitDisplay: 'short' })
  const hours = Math.trunc(minutes / 60)
  const left = Math.round(minutes % 60)
  return hours > 0 ? [unit(hours, 'hour'), left > 0 && unit(left, 'minute')].filter(Boolean).join(' ') : unit(left, 'minute')
}

/** Money as its readers write it. */
export const money = (amount: string | number, currency: string): string =>
  figure(Number(amount), { style: 'currency', currency, maximumFractionDigits: 2 })

/** A share between 0 and 1. */
export const percent = (share: number): string => figure(share, { style: 'percent' })
