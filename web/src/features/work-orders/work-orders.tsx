/** All repairs: found, filtered, as a list or as a wall of cards; the newest first. */

import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { HardHat, Inbox, LayoutList, SearchX, SquareKanban } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { useFresh } from '@/api/fresh'
import { useHere } from '@/api/here'
import { useMay } from '@/api/people'
import { LIVE_ORDERS, me, paged, type WorkOrder } from '@/api/queries'
import { useWhole } from '@/api/whole'
import { useQuery } from '@tanstack/react-query'
import { Ask } from '@/components/ask'
import { Badge, Person, Severity } from '@/components/bits'
import { Chip, Choice, Find, Row, Views } from '@/components/filters'
import { List, type Column } from '@/components/list'
import { Page } from '@/components/page'
import { Nothing } from '@/components/states'
import { LOOK, SEVERITIES, SIGN, STATES } from '@/features/work-orders/ask'
import { Due } from '@/features/work-orders/due'
import { Kanban } from '@/features/work-orders/kanban'
import { useMoves } from '@/features/work-orders/use-moves'
import { number } from '@/lib/i18n'
import { plain } from '@/lib/digits'
import { several } from '@/lib/search'
import { retold } from '@/lib/stored'
import { useWanted } from '@/lib/wanted'

const MANY = 100
interface Wanted { state?: string; severity?: string; category?: string; who?: string; vendor?: string; late?: string; find?: string; as?: string }

export function WorkOrders() {
  const { t } = useTranslation()
  const here = useHere()
  const may = useMay()
  const go = useNavigate()
  const { data: self } = useQuery({ ...me(), enabled: false })
  const { people, kinds, trade, firms, ...moves } = useMoves()
  const [wanted, want, search, apply] = useWanted<Wanted>()
  useFresh(['maintenance.work_order.', 'maintenance.vendor.'], ['orders'])
  const states = several(wanted.state, STATES)
  const severities = several(wanted.severity, SEVERITIES)
  const query = useInfiniteQuery(paged(['orders', here?.id, { ...wanted, find: undefined, as: undefined }], (cursor, signal) => {
    const asked = {
      property_id: here?.id, limit: MANY, cursor, count: cursor === undefined, state: states.length > 0 ? states : wanted.late ? undefined : [...LIVE_ORDERS, ...(wanted.as === 'wall' ? ['resolved' as const] : [])],
      ...(severities.length > 0 && { severity: severities }), ...(wanted.category && { category: [wanted.category] }),
      ...(wanted.who && { assignee_id: wanted.who }), ...(wanted.vendor && { vendor_id: wanted.vendor }),
    }
    return wanted.late ? data(api.GET('/api/v1/sla/violations', { params: { query: asked }, signal })) : data(api.GET('/api/v1/maintenance/work-orders', { params: { query: asked }, signal }))
  }))
  const text = plain(wanted.find ?? '')
  useWhole(query, Boolean(text) || wanted.as === 'wall')
  const items = (query.data?.pages.flatMap((one) => one.items) ?? []).filter((one) => !text || plain(`${one.number} ${retold(one.title, t)} ${one.room_number ?? ''} ${one.description ?? ''}`).includes(text))
  const count = text ? items.length : Math.max(items.length, query.data?.pages[0]?.total ?? 0)
  const open = (one: WorkOrder): void => void go({ to: '/work-orders/$id', params: { id: one.id } })
  const columns: Column<WorkOrder>[] = [
    { name: t('order.title'), show: (one) => <span className="flex gap-2"><span className="num text-ink-3" dir="ltr">{one.number}</span><bdi>{retold(one.title, t)}</bdi></span> },
    { name: t('task.room'), show: (one) => one.room_number && <span dir="ltr" className="font-medium">{one.room_number}</span> },
    { name: t('order.category'), show: (one) => trade(one.category) },
    { name: t('order.severity'), show: (one) => <Severity of={one.severity} /> },
    { name: t('task.state'), show: (one) => <Badge look={LOOK[one.state]} icon={SIGN[one.state]}>{t(`orderState.${one.state}`)}</Badge> },
    { name: t('task.who'), show: (one) => one.assignee_id ? <Person name={people.name(one.assignee_id)} /> : one.vendor_id ? <bdi>{firms.find((firm) => firm.id === one.vendor_id)?.name ?? t('order.vendor')}</bdi> : <span className="text-ink-3">{t('task.nobody')}</span> },
    { name: t('order.due'), show: (one) => <Due one={one} /> },
  ]
  return (
    <Page title={t('orders.title')} about={t('orders.count', { count, shown: number(count) })} actions={
      <>
        {may('workorder.assign') && <Link to="/triage" className="btn"><Inbox size={16} aria-hidden />{t('triage.title')}</Link>}
        <button type="button" className="btn" onClick={() => want({ as: wanted.as === 'wall' ? undefined : 'wall' })}>{wanted.as === 'wall' ? <LayoutList size={16} aria-hidden /> : <SquareKanban size={16} aria-hidden />}{t(wanted.as === 'wall' ? 'orders.asList' : 'orders.asWall')}</button>
      </>
    }>
      <Row>
        <Find name={t('find')} value={wanted.find} set={(find) => want({ find })} />
        {self?.id && <Chip on={wanted.who === self.id} set={(on) => want({ who: on ? (self.id ?? undefined) : undefined })}>{t('orders.mine')}</Chip>}
        <Chip on={wanted.late !== undefined} set={(on) => want({ late: on ? 'yes' : undefined })}>{t('due.title')}</Chip>
        {SEVERITIES.slice(0, 2).map((one) => <Chip key={one} on={severities.includes(one)} set={(on) => want({ severity: (on ? [...severities, one] : severities.filter((other) => other !== one)).join('.') || undefined })}>{t(`severity.${one}`)}</Chip>)}
      </Row>
      <Row>
        <Choice name={t('task.state')} value={wanted.state} set={(state) => want({ state })} options={STATES.map((one) => [one, t(`orderState.${one}`)] as const)} />
        <Choice name={t('order.category')} value={wanted.category} set={(category) => want({ category })} options={kinds.map((one) => [one.code, trade(one.code)] as const)} />
        {people.all.length > 0 && <Choice name={t('task.who')} value={wanted.who} set={(who) => want({ who })} options={people.all.map((one) => [one.id, one.name] as const)} />}
        {firms.length > 0 && <Choice name={t('order.vendor')} value={wanted.vendor} set={(vendor) => want({ vendor })} options={firms.map((one) => [one.id, one.name] as const)} />}
        <Views page="work-orders" search={search} apply={apply} />
      </Row>
      <Ask query={query}>
        {() => items.length > 0 ? (
          wanted.as === 'wall' ? <Kanban items={items} {...moves} open={open} name={people.name} /> :
          <List name={t('orders.title')} items={items} columns={columns} open={open} more={query.hasNextPage ? () => void query.fetchNextPage() : undefined} />
        ) : search ? <Nothing icon={SearchX} title={t('list.none')} text={t('list.noneText')}><button type="button" className="btn" onClick={() => apply('')}>{t('list.clear')}</button></Nothing>
          : <Nothing icon={HardHat} title={t('orders.empty')} text={t('orders.emptyText')} />}
      </Ask>
      {moves.asks}
    </Page>
  )
}
