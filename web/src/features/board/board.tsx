/** The room board: the status strip is legend, filter and count; a tile is a room. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { BedDouble, LogIn, Search, SearchX, Star, UserPlus, Wrench, type LucideIcon } from 'lucide-react'
import { lazy, Suspense, useDeferredValue, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { board } from '@/api/queries'
import { Nothing } from '@/components/states'
import { LOOK_ICONS, Sprite } from '@/features/board/icons'
import { byFloor, counted, isWanted, LOOKS, type Look, type Wanted } from '@/features/board/look'
import { useNews } from '@/features/board/news'
import { Tile } from '@/features/board/tile'
import { useHere } from '@/lib/here'
import { number } from '@/lib/i18n'
import { reason } from '@/lib/words'

const RoomSheet = lazy(() => import('@/features/board/room-sheet').then((found) => ({ default: found.RoomSheet })))
const ONLY: [NonNullable<Wanted['only']>, LucideIcon][] = [
  ['arrivals', LogIn], ['repairs', Wrench], ['vip', Star], ['unassigned', UserPlus],
]

export function Board() {
  const { t } = useTranslation()
  const here = useHere()
  if (!here) return <div className="px-4"><Nothing icon={BedDouble} title={t('board.noHotel')} text={t('board.noHotelText')} /></div>
  return <Rooms place={here.id} zone={here.zone} key={here.id} />
}

function Rooms({ place, zone }: { place: string; zone: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const wanted = useSearch({ from: '/_in/board' })
  const go = useNavigate({ from: '/board' })
  const { data, error, isPending, refetch } = useQuery(board(place, client))
  const [open, setOpen] = useState<string | null>(null)
  useNews(place)
  const rooms = useDeferredValue(data?.items)
  const counts = useMemo(() => counted(rooms ?? []), [rooms])
  const shown = useMemo(() => byFloor((rooms ?? []).filter((one) => isWanted(one, wanted))), [rooms, wanted])
  const want = (change: Wanted): void => void go({ search: (old) => ({ ...old, ...change }), replace: true })

  if (isPending) return <Loading />
  if (!data) {
    return (
      <div className="px-4"><Nothing icon={BedDouble} title={t('error.title')} text={reason(error, t)}>
        <button type="button" className="btn btn-primary" onClick={() => void refetch()}>{t('error.again')}</button>
      </Nothing></div>
    )
  }
  const arrivals = data.items.filter((one) => one.arrival)
  const ready = arrivals.filter((one) => one.ready).length
  return (
    <div className="px-4 pt-5 md:px-6">
      <Sprite />
      <div className="mb-4 flex flex-wrap items-end justify-between gap-3">
        <div>
          <h1 className="text-2xl font-semibold">{t('board.title')}</h1>
          <p className="text-sm text-ink-2">{t('board.rooms', { count: data.items.length, shown: number(data.items.length) })} · {arrivals.length > 0 ? t('board.ready', { ready: number(ready), all: number(arrivals.length) }) : t('board.noArrivals')}</p>
        </div>
        <label className="relative max-md:w-full">
          <Search size={16} className="absolute inset-y-0 start-3 my-auto text-ink-3" aria-hidden />
          <input type="search" inputMode="search" aria-label={t('board.find')} placeholder={t('board.find')} value={wanted.find ?? ''} onChange={(change) => want({ find: change.target.value || undefined })} className="field h-10 ps-9 text-sm max-md:h-11 md:w-52" />
        </label>
      </div>
      <Strip counts={counts} look={wanted.look} choose={(look) => want({ look })} />
      <div className="mb-5 flex gap-2 overflow-x-auto pb-1">
        {ONLY.map(([name, Icon]) => (
          <button key={name} type="button" className="chip shrink-0" aria-pressed={wanted.only === name} onClick={() => want({ only: wanted.only === name ? undefined : name })}>
            <Icon size={14} className={name === 'arrivals' ? 'rtl:-scale-x-100' : undefined} aria-hidden />{t(`only.${name}`)}
          </button>
        ))}
      </div>
      {shown.length === 0 && (data.items.length === 0 ? (
        <Nothing icon={BedDouble} title={t('board.empty')} text={t('board.emptyText')} />
      ) : (
        <Nothing icon={SearchX} title={t('board.none')} text={t('board.noneText')}>
          <button type="button" className="btn" onClick={() => void go({ search: {}, replace: true })}>{t('board.clear')}</button>
        </Nothing>
      ))}
      <Floors shown={shown} zone={zone} choose={setOpen} />
      {open && <Suspense><RoomSheet id={open} place={place} zone={zone} close={() => setOpen(null)} /></Suspense>}
    </div>
  )
}

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

const tileOf = (target: EventTarget): HTMLElement | null => (target instanceof Element ? target.closest('.tile') : null)
const STEPS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 }

/** One listener for all tiles; the arrows walk from room to room, and turn round with the writing. */
function Floors({ shown, zone, choose }: { shown: ReturnType<typeof byFloor>; zone: string; choose: (id: string) => void }) {
  const { t } = useTranslation()
  const all = useRef<HTMLDivElement>(null)
  const click = (event: MouseEvent): void => {
    const id = tileOf(event.target)?.dataset.id
    if (id) choose(id)
  }
  const walk = (event: KeyboardEvent): void => {
    const from = tileOf(event.target)
    const tiles = [...(all.current?.querySelectorAll<HTMLElement>('.tile') ?? [])]
    const turned = document.documentElement.dir === 'rtl' ? -1 : 1
    const step = STEPS[event.key]
    if (!from || (step === undefined && event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return
    event.preventDefault()
    const next = step === undefined ? below(tiles, from, event.key === 'ArrowDown') : tiles[tiles.indexOf(from) + step * turned]
    next?.focus()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the buttons inside are what is pressed
    <div ref={all} onClick={click} onKeyDown={walk}>
      {shown.map(([floor, rooms], place) => (
        <section key={floor} className="floor mb-5" aria-label={floor ? t('board.floor', { floor }) : t('board.noFloor')}>
          <h2 className="mb-2 flex items-baseline gap-2 text-sm font-semibold">
            <span dir="auto">{floor ? t('board.floor', { floor }) : t('board.noFloor')}</span>
            <span className="num text-xs font-normal text-ink-3">{t('board.rooms', { count: rooms.length, shown: number(rooms.length) })}</span>
          </h2>
          <div className="tiles">{rooms.map((one, n) => <Tile key={one.id} room={one} zone={zone} first={place === 0 && n === 0} />)}</div>
        </section>
      ))}
    </div>
  )
}

/** The tile that stands nearest under (or over) another. */
function below(tiles: HTMLElement[], from: HTMLElement, down: boolean): HTMLElement | undefined {
  const at = from.getBoundingClientRect()
  const far = (one: HTMLElement): number => {
    const there = one.getBoundingClientRect()
    return Math.abs(there.top - at.top) * 10 + Math.abs(there.left - at.left)
  }
  const rows = tiles.filter((one) => {
    const { top } = one.getBoundingClientRect()
    return down ? top > at.top + 4 : top < at.top - 4
  })
  return rows.toSorted((one, other) => far(one) - far(other))[0]
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
