/** What was said to me: how many are unread, and the way to them. */

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Bell as Sign } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { useFreshEverywhere } from '@/api/fresh'
import { number } from '@/lib/i18n'

const FEW = 10

export function Bell() {
  const { t } = useTranslation()
  useFreshEverywhere(['notification.delivery.', 'maintenance.work_order.', 'housekeeping.task.'], ['notices'])
  const { data: found } = useQuery({
    queryKey: ['notices', 'unread'],
    queryFn: ({ signal }) => data(api.GET('/api/v1/notifications', { params: { query: { unread: true, limit: FEW } }, signal })),
    refetchInterval: 120_000,
  })
  const many = found?.items.length ?? 0
  const shown = found?.next_cursor ? `${number(FEW)}+` : number(many)
  return (
    <Link to="/notifications" className="btn btn-ghost btn-icon relative" aria-label={many > 0 ? t('notices.unread', { count: many, shown }) : t('notices.title')}>
      <Sign size={18} aria-hidden />
      {many > 0 && <span aria-hidden className="num absolute -top-0.5 end-0 grid min-w-[1.1rem] place-items-center rounded-full bg-bad px-1 text-[10px] font-bold leading-[1.1rem] text-surface">{shown}</span>}
    </Link>
  )
}
