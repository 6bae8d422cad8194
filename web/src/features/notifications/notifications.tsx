/** What was said to me, newest first; what it is about is one press away. */

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { clsx } from 'clsx'
import { Bell, CheckCheck, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { useFreshEverywhere } from '@/api/fresh'
import { me, paged } from '@/api/queries'
import { Ask } from '@/components/ask'
import { Chip, Row } from '@/components/filters'
import { Page } from '@/components/page'
import { Nothing } from '@/components/states'
import { say } from '@/components/toast'
import { useNow } from '@/lib/clock'
import { distance } from '@/lib/i18n'
import { place } from '@/lib/kept'
import { useWanted } from '@/lib/wanted'
import { reason } from '@/lib/words'

const MANY = 50

export function Notifications() {
  const { t } = useTranslation()
  const go = useNavigate()
  const now = useNow()
  const client = useQueryClient()
  const { data: self } = useQuery({ ...me(), enabled: false })
  const mayAssign = (id: string): boolean => self?.properties.find((one) => one.id === id)?.permissions.includes('task.assign') ?? false
  const [wanted, want] = useWanted<{ unread?: string }>()
  useFreshEverywhere(['notification.delivery.', 'maintenance.work_order.', 'housekeeping.task.'], ['notices'])
  const query = useInfiniteQuery(paged(['notices', 'list', wanted.unread], (cursor, signal) =>
    data(api.GET('/api/v1/notifications', { params: { query: { limit: MANY, cursor, ...(wanted.unread && { unread: true }) } }, signal }))))
  const items = query.data?.pages.flatMap((one) => one.items) ?? []
  const read = useMutation({
    mutationFn: (ids: string[] | null) => data(api.POST('/api/v1/notifications/read', { body: { ids } })),
    onSettled: () => client.invalidateQueries({ queryKey: ['notices'] }),
    onError: (error) => say(reason(error, t), true),
  })
  const open = (one: (typeof items)[number]): void => {
    if (!one.read_at) read.mutate([one.id])
    if (one.about) place.set(one.property_id) // it may be of another hotel than the one looked at
    if (one.about?.startsWith('mnt_')) void go({ to: '/work-orders/$id', params: { id: one.about } })
    else if (one.about?.startsWith('tsk_')) void go({ to: mayAssign(one.property_id) ? '/tasks' : '/my-tasks', search: { id: one.about } })
    else if (one.about?.startsWith('spc_')) void go({ to: '/board', search: { room: one.about } })
    else if (one.about?.startsWith('prt_')) void go({ to: '/parts', search: { id: one.about } })
  }
  const all = <button type="button" className="btn" disabled={!items.some((one) => !one.read_at)} onClick={() => read.mutate(null)}><CheckCheck size={16} aria-hidden />{t('notices.readAll')}</button>
  return (
    <Page title={t('notices.title')} actions={all}>
      <Row><Chip on={wanted.unread !== undefined} set={(on) => want({ unread: on ? 'yes' : undefined })}>{t('notices.onlyUnread')}</Chip></Row>
      <Ask query={query}>
        {() => items.length === 0 ? <Nothing icon={Bell} title={t(wanted.unread ? 'notices.allRead' : 'notices.empty')} text={t('notices.emptyText')} /> : (
          <ul className="flex max-w-3xl flex-col gap-2">
            {items.map((one) => (
              <li key={one.id}>
                <button type="button" onClick={() => open(one)} className={clsx('card flex w-full items-start gap-3 px-4 py-3 text-start hover:border-line-strong', one.read_at && 'opacity-80')}>
                  <span className={clsx('mt-1.5 size-2 shrink-0 rounded-full', one.read_at ? 'bg-line' : 'bg-brand')}><span className="sr-only">{one.read_at ? '' : t('notices.new')}</span></span>
                  <span className="min-w-0 flex-1"><span className="block text-sm font-semibold" dir="auto">{one.subject}</span><span className="block break-words text-sm text-ink-2" dir="auto">{one.body}</span><span className="text-xs text-ink-3">{distance(one.created_at, now)}</span></span>
                  {one.urgent && <TriangleAlert size={18} className="shrink-0 text-bad" aria-label={t('notices.urgent')} />}
                </button>
              </li>
            ))}
            {query.hasNextPage && <li className="text-center"><button type="button" className="btn" onClick={() => void query.fetchNextPage()}>{t('list.more')}</button></li>}
          </ul>
        )}
      </Ask>
    </Page>
  )
}
