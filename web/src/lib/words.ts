/** What goes wrong, in words that a person can act on. */

import type { TFunction } from 'i18next'
import { number } from '@/lib/i18n'
import { Problem } from '@/lib/problem'

/** What the server says in English of a wrong value, and the word for it here. */
const FAULTS = [
  [/^Input should be greater than or equal to (-?[\d.]+)$/, 'fault.least'],
  [/^Input should be less than or equal to (-?[\d.]+)$/, 'fault.most'],
  [/^Input should be greater than (-?[\d.]+)$/, 'fault.over'],
  [/^String should have at least (\d+) characters?$/, 'fault.short'],
  [/^String should have at most (\d+) characters?$/, 'fault.long'],
  [/^is less than (-?[\d.]+), which it showed before/, 'fault.meter'],
  [/^(?:Field required|cannot be empty|cannot be null|is needed)$/, 'fault.empty'],
  [/^is wrong$/, 'fault.wrong'],
  [/^is too easy to guess/, 'fault.easy'],
  [/^is guessed first/, 'fault.run'],
  [/^is not what the app shows now$/, 'fault.code'],
  [/^is not an IANA time zone/, 'fault.zone'],
  [/^is not an ISO 4217 currency/, 'fault.currency'],
  [/^is not a locale/, 'fault.locale'],
  [/^is not an e-mail address/, 'fault.email'],
  [/^is how this vendor is told$/, 'fault.told'],
  [/^lies in the past/, 'fault.past'],
  [/^There is a guest in the room\.$/, 'fault.guest'],
  [/^String should match pattern/, 'fault.form'],
  [/^There is a category /, 'form.taken'],
  [/^is there twice$/, 'fault.twice'],
] as const

/** What is wrong at a field. */
export function fault(message: string, t: TFunction): string {
  for (const [is, name] of FAULTS) {
    const found = is.exec(message)
    if (found) return t(name, { shown: number(Number(found[1] ?? 0)) })
  }
  return message
}

export function reason(error: unknown, t: TFunction): string {
  if (!(error instanceof Problem)) return t('error.unknown')
  if (error.unanswered) return t('error.offline')
  if (error.status === 403) return t('error.forbidden')
  if (error.status >= 500) return t('error.server')
  if (error.code === 'not_found') return t('error.nothing')
  if (error.status === 429) return t('error.many')
  if (error.code === 'stale') return t('error.stale')
  if (error.code === 'invalid' && error.faults.length > 0) return t('error.invalid')
  if (error.code === 'conflict' && error.more.constraint) return t('error.taken')
  return fault(error.message, t)
}
