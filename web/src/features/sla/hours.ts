/** The hours in which a promise runs: always, or some days from one time to another. */

import type { TFunction } from 'i18next'
import type { components } from '@/api/schema'
import { moment } from '@/lib/i18n'

type Hours = components['schemas']['HoursOut']
/** One row of hours as it is written; nothing in it is always. */
export interface Span {
  days: readonly number[]
  begins: string
  ends: string
}

/** Monday is 1, as ISO 8601 has it; hotels of the region begin the week on Saturday. */
export const DAYS = [6, 7, 1, 2, 3, 4, 5] as const
const ALL = [1, 2, 3, 4, 5, 6, 7]
const MONDAY = Date.UTC(2024, 0, 1)
export const dayName = (day: number): string => moment(new Date(MONDAY + (day - 1) * 86_400_000), { weekday: 'short', timeZone: 'UTC' })
const short = (time: string): string => time.slice(0, 5)

export const spanOf = (first: Hours | undefined): Span => ({ days: first?.days ?? [], begins: short(first?.begins ?? ''), ends: first?.ends.startsWith('24') ? '' : short(first?.ends ?? '') })

/** Rows beyond the first are kept as they are. */
export const hoursOf = ({ days, begins, ends }: Span, old: readonly Hours[]): Hours[] =>
  begins || ends || days.length > 0 ? [{ days: days.length > 0 ? days.toSorted((a, b) => a - b) : ALL, begins: begins || '00:00', ends: ends || '24:00' }, ...old.slice(1)] : []

export function hoursText(hours: readonly Hours[], t: TFunction): string {
  if (hours.length === 0) return t('sla.always')
  return hours.map((one) => `${one.days.length === 7 ? t('sla.daily') : DAYS.filter((day) => one.days.includes(day)).map(dayName).join(' ')} ${short(one.begins)}–${short(one.ends)}`).join(', ')
}
