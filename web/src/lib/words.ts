/** What goes wrong, in words that a person can act on; what only the server knows, it says in the language of the page. */

import type { TFunction } from 'i18next'
import { Problem } from '@/lib/problem'

export function reason(error: unknown, t: TFunction): string {
  if (!(error instanceof Problem)) return t('error.unknown')
  if (error.unanswered) return t('error.unsure')
  if (error.status === 403) return t('error.forbidden')
  if (error.status >= 500) return t('error.server')
  if (error.code === 'not_found') return t('error.nothing')
  if (error.status === 429) return t('error.many')
  if (error.code === 'stale') return t('error.stale')
  if (error.code === 'invalid' && error.faults.length > 0) return t('error.invalid')
  if (error.code === 'conflict' && error.more.constraint) return t('error.taken')
  return error.message
}
