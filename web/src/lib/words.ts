/** What goes wrong, in words that a person can act on. */

import type { TFunction } from 'i18next'
import { Problem } from '@/lib/problem'

export function reason(error: unknown, t: TFunction): string {
  if (!(error instanceof Problem)) return t('error.unknown')
  if (error.unanswered) return t('error.offline')
  if (error.status === 403) return t('error.forbidden')
  if (error.status >= 500) return t('error.server')
  return error.message
}
