/** The room board: the status strip is legend, filter and count; a tile is a room. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { BedDouble, BellOff, CheckCheck, Expand, Hourglass, LogIn, LogOut, SearchX, Shrink, Star, Timer, UserPlus, Wrench, type LucideIcon } from 'lucide-react'
import { lazy, Suspense, useDeferredValue, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useHere } from '@/api/here'
import { usePeople } from '@/api/people'
import { board } from '@/api/queries'
import { Old, Refused } from '@/components/ask'
import { Choice, Find, Row, Views } from '@/components/filters'
import { Nothing } from '@/components/states'
import { Floors } from '@/features/board/floors'
import { LOOK_ICONS, Sprite } from '@/features/board/icons'
import { counted, countOnly, grouped, GROUPINGS, isWanted, LOOKS, ONLY, type Grouping, type Look, type Only, type Wanted } from '@/features/board/look'
import { useNews } from '@/features/board/news'
import { usePicking } from '@/features/board/picking'
import { moment, number } from '@/lib/i18n'
import { useNow } from '@/lib/clock'
import { useWanted } from '@/lib/wanted'

const RoomSheet = lazy(() => import('@/features/board/room-sheet').then((found) => ({ default: found.RoomSheet })))
const Bulk = lazy(() => import('@/features/board/bulk').then((found) => ({ default: found.Bulk })))
const SIGNS: Record<Only, LucideIcon> = { ready: CheckCheck, arrivals: LogIn, departures: LogOut, unassigned: UserPlus, late: Timer, repairs: Wrench, vip: Star, queue: Hourglass, dnd: BellOff }

export function Board() {
  const { t } = useTranslation()
  const here = useHere()
  if (!here) return <div className="px-4"><Nothing icon={BedDouble} title={t('board.noHotel')} text={t('board.noHotelText')} /></div>
  return <Rooms place={here.id} zone={here.zone} hotel={here.name} key={here.id} />
}

function Rooms({ place, zone, hotel }: { place: string; zone: string; hotel: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const people = usePeople()
  const [wanted, want, search, apply] = useWanted<Wanted>()
  const { data, error, isPending, refetch, dataUpdatedAt } = useQuery(board(place, client))
  const picking = usePicking()
  useNews(place)
  const rooms = useDeferredValue(data?.items) ?? data?.items
  const counts = useMemo(() => counted(rooms ?? []), [rooms])
  const signs = useMemo(() => countOnly(rooms ?? []), [rooms])
  const { look, only, find, by } = wanted
  const shown = useMemo(() => grouped((rooms ?? []).filter((one) => isWanted(one, { look, only, find })), by), [rooms, look, only, find, by])
  const isKiosk = wanted.kiosk !== undefined

  if (isPending) return <Loading />
  if (!data) return <div className="px-4"><Refused error={error} again={() => void refetch()} /></div>
  const arrivals = data.items.filter((one) => one.arrival)
  const ready = arrivals.filter((one) => one.ready).length
  const names: Record<Grouping, (group: string) => string> = {
    floor: (group) => t('board.floor', { floor: group }), section: (group) => group, type: (group) => group, attendant: (group) => people.name(group),
  }
  const nowhere: Record<Grouping, string> = { floor: t('board.noFloor'), section: t('board.noSection'), type: '', attendant: t('task.nobody') }
  const grouping = by ?? 'floor'
  return (
    <div className={isKiosk ? 'kiosk px-6 pt-5' : 'px-4 pt-5 md:px-6'}>
      <Sprite />
      <div className="mb-4 flex flex-wrap items-end justify-between gap-3">
        <div className="min-w-0">
          <h1 className={isKiosk ? 'text-4xl font-semibold' : 'text-2xl font-semibold'} dir="auto">{isKiosk ? hotel : t('board.title')}</h1>
          <p className={isKiosk ? 'text-xl text-ink-2' : 'text-sm text-ink-2'}>{t('board.rooms', { count: data.items.length, shown: number(data.items.length) })} · {arrivals.length > 0 ? t('board.ready', { ready: number(ready), all: number(arrivals.length) }) : t('board.noArrivals')}</p>
        </div>
        <div className="flex items-center gap-2 max-md:w-full">
          {isKiosk ? <Clock zone={zone} /> : <div className="max-md:flex-1"><Find name={t('board.find')} value={wanted.find} set={(text) => want({ find: text })} /></div>}
          <button type="button" className="btn btn-ghost btn-icon" aria-label={t(isKiosk ? 'board.leaveWall' : 'board.wall')} title={t(isKiosk ? 'board.leaveWall' : 'board.wall')} onClick={() => want({ kiosk: isKiosk ? undefined : '1' })}>{isKiosk ? <Shrink size={18} aria-hidden /> : <Expand size={18} aria-hidden />}</button>
        </div>
      </div>
      {error && <Old at={dataUpdatedAt} error={error} />}
      <Strip counts={counts} look={wanted.look} choose={(next) => want({ look: next })} />
      {!isKiosk && (
        <Row>
          {ONLY.filter((one) => signs[one] > 0 || wanted.only === one || one === 'arrivals' || one === 'repairs').map((name) => {
            const Icon = SIGNS[name]
            return (
              <button key={name} type="button" className="chip shrink-0" aria-pressed={wanted.only === name} onClick={() => want({ only: wanted.only === name ? undefined : name })}>
                <Icon size={14} className={name === 'arrivals' || name === 'departures' ? 'rtl:-scale-x-100' : undefined} aria-hidden />{t(`only.${name}`)} <span className="num text-ink-3">{number(signs[name])}</span>
              </button>
            )
          })}
          <Choice name={t('board.by')} value={wanted.by} set={(next) => want({ by: next as Grouping | undefined })} options={GROUPINGS.map((one) => [one, t(`group.${one}`)] as const)} />
          <Views page="board" search={search} apply={apply} />
        </Row>
      )}
      {shown.length === 0 && (data.items.length === 0 ? (
        <Nothing icon={BedDouble} title={t('board.empty')} text={t('board.emptyText')} />
      ) : (
        <Nothing icon={SearchX} title={t('board.none')} text={t('board.noneText')}>
          <button type="button" className="btn" onClick={() => apply('')}>{t('board.clear')}</button>
        </Nothing>
      ))}
      <Floors groups={shown.map(([group, some]) => [group, group ? names[grouping](group) : nowhere[grouping], some])} zone={zone} name={people.name} picking={picking} choose={(id) => want({ room: id })} />
      {picking.picked.size > 0 && <Suspense><Bulk rooms={data.items.filter((one) => picking.picked.has(one.id))} done={picking.clear} /></Suspense>}
      {wanted.room && <Suspense><RoomSheet id={wanted.room} place={place} zone={zone} close={() => want({ room: undefined })} /></Suspense>}
    </div>
  )
}

const Clock = ({ zone }: { zone: string }) => <span className="num text-4xl font-semibold">{moment(new Date(useNow()), { hour: '2-digit', minute: '2-digit', timeZone: zone })}</span>

function Strip({ counts, look, choose }: { counts: Record<Look, number>; look: Look | undefined; choose: (look: Look | undefined) => void }) {
  const { t } = useTranslation()
  return (
    <div className="mb-3 flex gap-2 overflow-x-auto pb-1 md:grid md:grid-cols-7">
      {LOOKS.map((one) => {
        const Icon = LOOK_ICONS[one]
        return (
          <button key={one} type="button" data-look={one} aria-pressed={look === one} onClick={() => choose(look === one ? undefined : one)} className="card flex min-w-32 shrink-0 items-center gap-3 px-3 py-2 text-start transition-colors hover:border-look aria-pressed:border-look aria-pressed:bg-look-tint md:min-w-0">
            <span className="badge"><Icon size={15} aria-hidden /></span>
            <span className="min-w-0"><span className="num block text-lg font-bold leading-6">{number(counts[one])}</span><span className="block truncate text-xs text-ink-2">{t(`look.${one}`)}</span></span>
          </button>
        )
      })}
    </div>
  )
}

function Loading() {
  const { t } = useTranslation()
  return (
    <div className="px-4 pt-5 md:px-6" role="status" aria-label={t('loading')}>
      <div className="skeleton mb-4 h-12 w-56" />
      <div className="skeleton mb-6 h-14 w-full" />
      <div className="tiles">{Array.from({ length: 24 }, (_, n) => <div key={n} className="skeleton h-[5.25rem] rounded-[.7rem]" />)}</div>
    </div>
  )
}
