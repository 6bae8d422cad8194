/** New reports, one after the other: how grave, what trade, and whether it is known already. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Inbox, ShieldAlert } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { useFresh } from '@/api/fresh'
import { useHere } from '@/api/here'
import { LIVE_ORDERS, type WorkOrder } from '@/api/queries'
import { named } from '@/api/trades'
import { Ask } from '@/components/ask'
import { Page } from '@/components/page'
import { Nothing } from '@/components/states'
import { say } from '@/components/toast'
import { SEVERITIES } from '@/features/work-orders/ask'
import { Alike } from '@/features/work-orders/alike'
import { offered } from '@/features/work-orders/moves'
import { useMoves } from '@/features/work-orders/use-moves'
import { MoreMenu } from '@/frame/act'
import { Photos } from '@/frame/photos'
import { useNow } from '@/lib/clock'
import { distance, number } from '@/lib/i18n'
import { retold } from '@/lib/stored'
import { reason } from '@/lib/words'

export function Triage() {
  const { t } = useTranslation()
  const here = useHere()
  useFresh(['maintenance.work_order.'], ['orders'])
  const query = useQuery({
    queryKey: ['orders', here?.id, 'triage'],
    queryFn: ({ signal }) => data(api.GET('/api/v1/maintenance/work-orders', { params: { query: { property_id: here?.id, triaged: false, state: [...LIVE_ORDERS], sort: 'reported_at', limit: 100 } }, signal })),
  })
  const items = query.data?.items ?? []
  return (
    <Page title={t('triage.title')} about={t('triage.count', { count: items.length, shown: number(items.length) })}>
      <Ask query={query}>
        {() => items.length === 0 ? <Nothing icon={Inbox} title={t('triage.empty')} text={t('triage.emptyText')} /> : <ul className="grid gap-3 xl:grid-cols-2">{items.map((one) => <Card key={one.id} one={one} />)}</ul>}
      </Ask>
    </Page>
  )
}

function Card({ one }: { one: WorkOrder }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const client = useQueryClient()
  const { kinds, actions, label, begin, asks } = useMoves(one)
  const [severity, setSeverity] = useState(one.severity)
  const [category, setCategory] = useState(one.category)
  const settled = { onError: (error: unknown) => say(reason(error, t), true), onSettled: () => client.invalidateQueries({ queryKey: ['orders'] }) }
  const triage = useMutation({ ...settled, mutationFn: () => data(api.POST('/api/v1/maintenance/work-orders/{order_id}/triage', { params: { path: { order_id: one.id } }, body: { severity, category } })), onSuccess: () => say(t('triage.done', { number: one.number })) })
  return (
    <li className="card flex flex-col gap-4 p-5">
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <Link to="/work-orders/$id" params={{ id: one.id }} className="text-base font-semibold" dir="auto">{retold(one.title, t)}</Link>
          <p className="mt-1 flex flex-wrap items-center gap-2 text-xs text-ink-3"><span className="num" dir="ltr">#{one.number}</span>{one.room_number && <strong className="num text-ink-2" dir="ltr">{one.room_number}</strong>}<span>{distance(one.reported_at, now)}</span><bdi>{one.reports[0]?.by}</bdi>{one.safety_concern && <span className="inline-flex items-center gap-1 font-semibold text-bad"><ShieldAlert size={13} aria-hidden />{t('report.safety')}</span>}</p>
        </div>
        <MoreMenu one={one} names={offered(one).filter((name) => name !== 'triage')} actions={actions} label={label} begin={begin} />
      </div>
      {(one.description ?? one.reports[0]?.text) && <p className="text-sm" dir="auto">{one.description ?? one.reports[0]?.text}</p>}
      <Photos of={one.id} />
      <fieldset className="flex flex-wrap gap-2">
        <legend className="mb-1.5 text-xs font-medium text-ink-3">{t('order.severity')}</legend>
        {SEVERITIES.map((value) => <button key={value} type="button" data-gravity={value} aria-pressed={severity === value} onClick={() => setSeverity(value)} className="chip aria-pressed:border-look aria-pressed:bg-look-tint aria-pressed:text-look-ink">{t(`severity.${value}`)}</button>)}
      </fieldset>
      <label className="flex flex-col gap-1.5 text-xs font-medium text-ink-3">{t('order.category')}
        <select value={category} onChange={(change) => setCategory(change.target.value)} className="field">{kinds.filter((kind) => kind.active).map((kind) => <option key={kind.code} value={kind.code}>{named(kind.names, i18n.language, kind.code)}</option>)}</select>
      </label>
      <Alike one={one} />
      <button type="button" disabled={triage.isPending} className="btn btn-primary mt-auto h-12" onClick={() => triage.mutate()}>{t('triage.go')}</button>
      {asks}
    </li>
  )
}
