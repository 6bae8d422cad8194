/** How long there still is: a word, a colour, a sign; told anew as time goes. */

import { AlarmClock, AlarmClockOff, Timer } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { WorkOrder } from '@/api/queries'
import { dueOf } from '@/features/work-orders/ask'
import { useNow } from '@/lib/clock'
import { distance } from '@/lib/i18n'

export function Due({ one }: { one: WorkOrder }) {
  const { t } = useTranslation()
  const now = useNow()
  const due = dueOf(one)
  if (!due) return null
  const isLate = due.isLate || Date.parse(due.at) < now
  const Icon = isLate ? AlarmClockOff : due.isNear ? AlarmClock : Timer
  return (
    <span data-gravity={isLate ? 'critical' : due.isNear ? 'medium' : undefined} className={isLate || due.isNear ? 'inline-flex items-center gap-1.5 whitespace-nowrap rounded-md bg-look-tint px-2 py-0.5 text-xs font-semibold text-look-ink' : 'inline-flex items-center gap-1.5 whitespace-nowrap text-xs text-ink-2'}>
      <Icon size={13} aria-hidden />{t(isLate ? `due.late_${due.what}` : `due.${due.what}`, { when: distance(due.at, now) })}
    </span>
  )
}
