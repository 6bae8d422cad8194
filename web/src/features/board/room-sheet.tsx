/** One room: a sheet at the side of a desk, at the bottom of a phone. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { useFresh } from '@/api/fresh'
import { useFollow } from '@/api/here'
import { useMay, usePeople } from '@/api/people'
import { LIVE_ORDERS, board, room, settings, type Board, type BoardRoom, type Room } from '@/api/queries'
import { Ask } from '@/components/ask'
import { Badge, Became, Initials, Severity } from '@/components/bits'
import { Part } from '@/components/page'
import { Popup } from '@/components/popup'
import { comingTo, openActions, roomActions, type RoomAction } from '@/features/board/actions'
import { merged } from '@/features/board/fold'
import { LOOK_ICONS } from '@/features/board/icons'
import { lookOf, stayOf } from '@/features/board/look'
import { useAct } from '@/frame/act'
import { moment, number } from '@/lib/i18n'
import { retold } from '@/lib/stored'

const Report = lazy(() => import('@/frame/report').then((found) => ({ default: found.Report })))
interface Props {
  id: string
  place: string
  zone: string
  close: () => void
}

export function RoomSheet({ id, place, zone, close }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const shown = useQuery({ ...board(place, client), enabled: false }).data?.items.find((one) => one.id === id)
  const query = useQuery(room(id))
  useFollow(query.data?.property_id)
  if (!shown) return null
  const look = lookOf(shown)
  const about = (
    <p className="mt-1 flex flex-wrap items-center gap-2 text-sm text-ink-2">
      <Badge look={look} icon={LOOK_ICONS[look]}>{t(`look.${look}`)}</Badge>
      <bdi>{shown.room_type}</bdi>{shown.floor && <span dir="auto">· {t('board.floor', { floor: shown.floor })}</span>}<span>· {t(`stay.${stayOf(shown)}`)}</span>
    </p>
  )
  return (
    <Popup title={<bdi className="num text-3xl font-bold">{shown.number}</bdi>} about={about} shape="side" close={close}>
      <div className="flex flex-col gap-6">
        <About room={shown} zone={zone} />
        <Ask query={query} waits={<div className="skeleton h-40" />}>{(known) => <Moves room={known} shown={shown} place={place} zone={zone} />}</Ask>
        <Tasks room={shown} />
        <Orders room={shown} />
        <History id={id} zone={zone} />
      </div>
    </Popup>
  )
}

function About({ room: shown, zone }: { room: BoardRoom; zone: string }) {
  const { t } = useTranslation()
  const day = { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone: zone } as const
  const many = (one: { adults: number; children?: number }): string => [
    t('board.adults', { count: one.adults, shown: number(one.adults) }),
    one.children && t('board.children', { count: one.children, shown: number(one.children) }),
  ].filter(Boolean).join(' · ')
  const lines: [string, string][] = []
  if (shown.stay) lines.push([t('board.leaves'), `${moment(shown.stay.etd ?? shown.stay.departure, day)} · ${many(shown.stay)}`])
  if (shown.arrival) lines.push([t('board.comes'), `${moment(shown.arrival.eta ?? shown.arrival.arrival, day)} · ${many(shown.arrival)}`])
  const flags = [...(shown.flags ?? []).filter((one) => one !== 'arrival' && one !== 'due_out').map((one) => t(`flag.${one}`)), ...(shown.guest_service && shown.guest_service !== 'none' ? [t(`guest.${shown.guest_service}`)] : [])]
  if (flags.length > 0) lines.push([t('board.flags'), flags.join(', ')])
  if (lines.length === 0) return <p className="text-sm text-ink-3">{t('board.quiet')}</p>
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 text-sm">
      {lines.map(([name, text]) => <div key={name + text} className="contents"><dt className="text-ink-3">{name}</dt><dd className="font-medium">{text}</dd></div>)}
    </dl>
  )
}

const LARGE = 3

function Moves({ room: known, shown, place, zone }: { room: Room; shown: BoardRoom; place: string; zone: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const may = useMay()
  const [all, setAll] = useState(false)
  const take = (perform: RoomAction['perform']): RoomAction['perform'] => async (one, given, photos) => {
    const next = await perform(one, given, photos)
    if (isRoom(next)) {
      client.setQueryData(room(one.id).queryKey, next)
      client.setQueryData<Board>(['board', place], (old) => old && { ...old, items: old.items.map((other) => (other.id === next.id ? merged(other, next) : other)) })
    }
    return next
  }
  const { data: coming } = useQuery(comingTo(place, shown, zone))
  const doors = roomActions(t, { coming, policies: useQuery(settings(place)).data?.policies })
  const actions = Object.fromEntries(Object.entries(doors).map(([name, one]) => [name, { ...one, perform: take(one.perform) }]))
  const label = (name: string): string => t(`action.${name}`)
  const { begin, asks, isBusy } = useAct<Room>(actions, label, zone, [['room', known.id], ['room-history', known.id], ['board', place]], (one) => one.number)
  const waits = shown.arrival && coming === undefined // who comes is not known yet
  const open = openActions(known, doors, may).filter((name) => !waits || !name.startsWith('check-in'))
  if (open.length === 0) return <p className="text-sm text-ink-3">{t('board.noMoves')}</p>
  return (
    <Part title={t('board.moves')}>
      <div className="grid grid-cols-1 gap-2">
        {open.slice(0, all ? undefined : LARGE).map((name) => {
          const Icon = actions[name]?.icon
          return (
            <button key={name} type="button" disabled={isBusy} onClick={() => begin(name, known)} className="btn h-14 justify-start gap-3 rounded-xl px-3 text-start font-semibold">
              <span className="grid size-8 shrink-0 place-items-center rounded-lg bg-brand-tint text-brand-text">{Icon && <Icon size={18} aria-hidden />}</span>{label(name)}
            </button>
          )
        })}
        {!all && open.length > LARGE && <button type="button" className="btn btn-ghost" onClick={() => setAll(true)}>{t('board.moreMoves', { count: open.length - LARGE, shown: number(open.length - LARGE) })}</button>}
      </div>
      {asks}
    </Part>
  )
}

const isRoom = (found: unknown): found is Room => typeof found === 'object' && found !== null && 'room_status' in found

function Tasks({ room: shown }: { room: BoardRoom }) {
  const { t } = useTranslation()
  const people = usePeople()
  const may = useMay()
  if (!shown.tasks?.length) return null
  return (
    <Part title={t('tasks.title')}>
      <ul className="flex flex-col gap-2">
        {shown.tasks.map((one) => (
          <li key={one.id} className="flex items-center gap-3 rounded-lg bg-sunken px-3 py-2 text-sm">
            <span className="min-w-0 flex-1">{may('task.assign') ? <Link to="/tasks" search={{ id: one.id }} className="font-medium underline decoration-line-strong underline-offset-2">{t(`task.${one.type}`)}</Link> : t(`task.${one.type}`)}<span className="block text-xs text-ink-3">{t(`taskState.${one.state}`)}{one.delayed && ` · ${t('task.late')}`}</span></span>
            {one.assignee_id && <><Initials name={people.name(one.assignee_id)} size="sm" /><bdi className="text-xs">{people.name(one.assignee_id)}</bdi></>}
          </li>
        ))}
      </ul>
    </Part>
  )
}

function Orders({ room: shown }: { room: BoardRoom }) {
  const { t } = useTranslation()
  const may = useMay()
  const [reports, setReports] = useState(false)
  useFresh(['maintenance.work_order.'], ['orders', 'room', shown.id])
  const { data: found } = useQuery({
    queryKey: ['orders', 'room', shown.id], enabled: may('workorder.read'),
    queryFn: ({ signal }) => data(api.GET('/api/v1/maintenance/work-orders', { params: { query: { space_id: shown.id, state: [...LIVE_ORDERS], limit: 20 } }, signal })),
  })
  if (!may('workorder.read') && !may('workorder.create')) return null
  return (
    <Part title={t('orders.title')} aside={may('workorder.create') && <button type="button" className="btn btn-ghost" onClick={() => setReports(true)}><Plus size={15} aria-hidden />{t('report.title')}</button>}>
      {found?.items.length ? (
        <ul className="flex flex-col gap-2">{found.items.map((one) => <li key={one.id} className="flex items-center gap-2 rounded-lg bg-sunken px-3 py-2 text-sm"><Link to="/work-orders/$id" params={{ id: one.id }} className="min-w-0 flex-1 truncate font-medium underline decoration-line-strong underline-offset-2" dir="auto">{retold(one.title, t)}</Link><span className="text-xs text-ink-3">{t(`orderState.${one.state}`)}</span><Severity of={one.severity} /></li>)}</ul>
      ) : <p className="text-sm text-ink-3">{t('board.noOrders')}</p>}
      {reports && <Suspense><Report room={{ id: shown.id, number: shown.number }} close={() => setReports(false)} /></Suspense>}
    </Part>
  )
}

const FEW = 15

/** Who changed what, and why. */
function History({ id, zone }: { id: string; zone: string }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const query = useQuery({
    queryKey: ['room-history', id], enabled: isOpen,
    queryFn: ({ signal }) => data(api.GET('/api/v1/rooms/{room_id}/status-events', { params: { path: { room_id: id }, query: { limit: FEW } }, signal })),
  })
  return (
    <Part title={t('history')} aside={!isOpen && <button type="button" className="btn btn-ghost" onClick={() => setOpen(true)}>{t('show')}</button>}>
      {isOpen && (
        <Ask query={query} waits={<div className="skeleton h-24" />}>
          {({ items }) => (
            <ol className="flex flex-col gap-3 text-sm">
              {items.map((one) => (
                <li key={one.id} className="border-s-2 border-line ps-3">
                  <p className="font-medium">{one.before.condition === one.after.condition ? t(`roomStatus.${one.to_status}`) : <>{t(`look.${one.before.condition}`)}<Became />{t(`look.${one.after.condition}`)}</>}{one.before.occupancy !== one.after.occupancy && ` · ${t(`occupancy.${one.after.occupancy}`)}`}{one.before.guest_service !== one.after.guest_service && ` · ${t(`guest.${one.after.guest_service}`)}`}</p>
                  <p className="text-xs text-ink-3">{one.actor.kind !== 'system' && <><bdi>{one.actor.name}</bdi> · </>}{t(`source.${one.source}`)} · {moment(one.at, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone })}</p>
                  {(one.reason ?? one.note) && <p className="text-xs text-ink-2" dir="auto">{retold(one.reason ?? one.note, t)}</p>}
                </li>
              ))}
            </ol>
          )}
        </Ask>
      )}
    </Part>
  )
}
