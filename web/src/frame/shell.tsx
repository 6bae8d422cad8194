/** The frame of every page: where one is, which hotel, whether what is shown is live, what is not sent yet. */

import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { Building2, CloudUpload, Keyboard, Loader, Lock, LogOut, Menu, Search, TriangleAlert, UserRound, WifiOff, Wrench, X } from 'lucide-react'
import { lazy, Suspense, useEffect, useMemo, useRef, useState, type ReactNode, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { useHere } from '@/api/here'
import { listen, useLive } from '@/api/live'
import { areas, board, categories, me } from '@/api/queries'
import { inside, signOut, useStanding } from '@/api/session'
import { LanguageChoice, ThemeChoice } from '@/components/choices'
import { Nothing } from '@/components/states'
import { Toasts } from '@/components/toast'
import { Bell } from '@/frame/bell'
import { GROUPS, PAGES, tabsOf, type PageOf } from '@/frame/pages'
import { Zone } from '@/lib/clock'
import { letterOf, useHotkeys, type Hotkey } from '@/lib/hotkeys'
import { number } from '@/lib/i18n'
import { company, place as chosen } from '@/lib/kept'
import { useCommands, waits, type Command } from '@/offline/outbox'
import { startSending } from '@/offline/sender'

const Palette = lazy(() => import('@/frame/palette').then((found) => ({ default: found.Palette })))
const Hotels = lazy(() => import('@/frame/hotels').then((found) => ({ default: found.Hotels })))
const Shortcuts = lazy(() => import('@/frame/shortcuts').then((found) => ({ default: found.Shortcuts })))
const Unsent = lazy(() => import('@/frame/unsent').then((found) => ({ default: found.Unsent })))
const Again = lazy(() => import('@/frame/again').then((found) => ({ default: found.Again })))
const Leave = lazy(() => import('@/frame/unsent').then((found) => ({ default: found.Leave })))
const Report = lazy(() => import('@/frame/report').then((found) => ({ default: found.Report })))
const Update = lazy(() => import('@/frame/update').then((found) => ({ default: found.Update })))
type Over = 'palette' | 'shortcuts' | 'unsent' | 'leave' | 'report' | 'menu' | null

function Live() {
  const { t } = useTranslation()
  const state = useLive()
  return (
    <span role="status" className={clsx('inline-flex items-center gap-2 whitespace-nowrap rounded-full px-2.5 py-1 text-xs font-medium', state === 'offline' && 'bg-bad-tint text-bad')}>
      {state === 'live' && <span className="size-2 rounded-full bg-[#35b98a] ring-4 ring-[#35b98a]/25" />}
      {state === 'connecting' && <Loader size={14} className="animate-spin" aria-hidden />}
      {state === 'offline' && <WifiOff size={14} aria-hidden />}
      <span className={state === 'live' ? 'max-md:sr-only' : 'max-[22.5rem]:sr-only'}>{t(`live.${state}`)}</span>
    </span>
  )
}

function Hotel({ left }: { left: (() => void) | undefined }) {
  const { data } = useSuspenseQuery(me())
  const name = useHere()?.name
  if (data.properties.length < 2) return <div className="mx-3 mb-3 truncate px-2.5 text-[13px] font-medium" dir="auto">{name}</div>
  return <Suspense fallback={<div className="mx-3 mb-3 h-10 rounded-lg border border-white/10 bg-white/5 max-md:h-12" />}><Hotels left={left} /></Suspense>
}

function Pages({ pages, left }: { pages: readonly PageOf[]; left?: () => void }) {
  const { t } = useTranslation()
  return (
    <nav aria-label={t('pages')} className="flex-1 overflow-y-auto px-3">
      {GROUPS.map((group) => {
        const there = pages.filter((one) => one.group === group)
        return there.length > 0 && (
          <div key={group} className="mb-3">
            <p className="px-2.5 pb-1 text-[11px] font-medium text-side-ink-2">{t(`group.${group}`)}</p>
            {there.map(({ to, name, icon: Icon }) => (
              <Link key={to} to={to} onClick={left} className="flex h-8 items-center gap-3 rounded-lg px-2.5 text-[13px] font-medium hover:bg-white/5 max-md:h-11 max-md:text-sm" activeProps={{ className: 'bg-side-active! text-white' }}>
                <Icon size={17} className="shrink-0" aria-hidden /><span className="truncate">{t(name)}</span>
              </Link>
            ))}
          </div>
        )
      })}
    </nav>
  )
}

/** How much waits on this phone; red where a person has to decide. */
function Waiting({ commands, others, open }: { commands: readonly Command[]; others: number; open: () => void }) {
  const { t } = useTranslation()
  const bad = commands.filter((one) => one.state !== 'queued').length
  const count = commands.length || others
  const says = t(commands.length > 0 ? 'unsent.count' : 'unsent.others', { count, shown: number(count) })
  if (count === 0) return null
  return (
    <button type="button" onClick={open} aria-label={says} className={clsx('btn h-9 gap-1.5 whitespace-nowrap px-2.5 text-xs max-md:h-11', bad > 0 && 'border-bad text-bad')}>
      {bad > 0 ? <TriangleAlert size={16} aria-hidden /> : <CloudUpload size={16} aria-hidden />}
      <span className={clsx('num', commands.length > 0 && 'md:hidden')} aria-hidden>{number(count)}</span>
      {commands.length > 0 && <span className="max-md:hidden" aria-hidden>{says}</span>}
    </button>
  )
}

/** Takes the first letters while the palette comes. */
function Early({ typedRef }: { typedRef: RefObject<string> }) {
  const { t } = useTranslation()
  // oxlint-disable-next-line jsx-a11y/no-autofocus -- the box was called by a key
  return <input className="sr-only" autoFocus aria-label={t('palette.find')} onChange={(change) => { typedRef.current = change.target.value }} />
}

export const Shell = () => <Zone value={useHere()?.zone}><House /></Zone>

function House() {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(me())
  const here = useHere()
  const go = useNavigate()
  const standing = useStanding()
  const [mine, others] = useCommands(data.id)
  const waiting = mine.filter(waits)
  const isKiosk = useLocation({ select: (at) => 'kiosk' in at.search })
  const path = useLocation({ select: (at) => at.pathname })
  const earlyRef = useRef('')
  const [over, setOver] = useState<Over>(null)
  const mayReport = here?.permissions.includes('workorder.create') ?? false
  const pages = useMemo(() => PAGES.filter((one) => here?.permissions.includes(one.permission)), [here])
  const closed = PAGES.find((one) => one.to === path && here && !here.permissions.includes(one.permission))
  const open = closed ? data.properties.filter((one) => one.permissions.includes(closed.permission)) : []
  const page = closed ? (
    <div className="px-4">
      <Nothing icon={Lock} title={t('error.locked')} text={t('error.forbidden')}>
        {open.map((one) => <button key={one.id} type="button" className="btn" onClick={() => chosen.set(one.id)}><Building2 size={16} aria-hidden /><bdi>{one.name}</bdi></button>)}
      </Nothing>
    </div>
  ) : <Outlet key={here?.id} />
  const close = (): void => {
    earlyRef.current = ''
    setOver(null)
  }
  useEffect(listen, [])
  useEffect(() => (standing === 'in' ? startSending(data.id ?? '') : undefined), [data.id, standing])
  useEffect(inside, [])
  useEffect(() => company.set(data.tenant.code), [data.tenant.code])
  const client = useQueryClient()
  const place = here?.id
  const seesRooms = here?.permissions.includes('room.read') ?? false
  const seesAreas = here?.permissions.includes('space.read') ?? false
  useEffect(() => {
    if (!mayReport || !place) return // a fault is reported without a network too: its kinds and places are kept
    void client.prefetchQuery(categories())
    if (seesRooms) void client.prefetchQuery(board(place, client))
    if (seesAreas) void client.prefetchQuery(areas(place))
  }, [client, mayReport, place, seesRooms, seesAreas])
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (letterOf(event) !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      setOver((old) => (old === 'palette' ? null : 'palette'))
    }
    const soon = window.requestIdleCallback?.(() => void import('@/frame/palette')) // its first letters must not be lost
    addEventListener('keydown', press)
    return () => {
      removeEventListener('keydown', press)
      if (soon) cancelIdleCallback(soon)
    }
  }, [])
  const keys = useMemo<Hotkey[]>(() => [
    ...pages.map((one) => ({ keys: one.keys, label: one.name, run: () => void go({ to: one.to }) })),
    ...(mayReport ? [{ keys: 'n w', label: 'report.title', run: () => setOver('report') }] : []),
    { keys: '?', label: 'keys.title', run: () => setOver('shortcuts') },
  ], [pages, go, mayReport])
  useHotkeys(keys)
  const leave = (): void => (waiting.length > 0 ? setOver('leave') : void signOut())

  const above: Partial<Record<NonNullable<Over>, ReactNode>> = {
    palette: <Palette pages={pages} earlyRef={earlyRef} close={close} report={mayReport ? () => setOver('report') : undefined} leave={leave} />,
    shortcuts: <Shortcuts close={close} />,
    unsent: <Unsent close={close} />,
    leave: <Leave close={close} />,
    report: <Report close={close} />,
  }
  const popups = (
    <>
      {over && over !== 'menu' && <Suspense fallback={over === 'palette' && <Early typedRef={earlyRef} />}>{above[over]}</Suspense>}
      {standing === 'ended' && <Suspense><Again login={data.login ?? ''} /></Suspense>}
      <Suspense><Update /></Suspense>
      <Toasts />
    </>
  )
  if (isKiosk) return <><main id="main">{page}</main>{popups}</>
  return (
    <div className="flex min-h-dvh">
      <a href="#main" className="sr-only focus:not-sr-only focus:fixed focus:start-3 focus:top-3 focus:z-50 focus:rounded-lg focus:bg-surface focus:px-4 focus:py-2">{t('skip')}</a>
      <aside className={clsx('flex-col bg-side text-side-ink', over === 'menu' ? 'fixed inset-0 z-40 flex' : 'sticky top-0 hidden h-dvh w-60 shrink-0 md:flex')}>
        <div className="flex items-center gap-3 px-5 pb-4 pt-5">
          <img src="/icon.svg" alt="" className="size-9 rounded-[10px] ring-1 ring-white/15" />
          <span className="text-[15px] font-semibold text-white">Serai</span>
          {over === 'menu' && <button type="button" aria-label={t('close')} className="ms-auto grid size-11 place-items-center" onClick={close}><X size={20} aria-hidden /></button>}
        </div>
        <Hotel left={over === 'menu' ? close : undefined} />
        <Pages pages={pages} left={over === 'menu' ? close : undefined} />
        <div className="flex items-center justify-between gap-2 border-t border-white/10 px-3 py-2">
          <Live />
          <Link to="/account" onClick={close} className="flex min-w-0 items-center gap-2 rounded-lg px-2 py-2 text-xs hover:bg-white/5" dir="auto"><UserRound size={15} className="shrink-0" aria-hidden /><span className="truncate">{data.name}</span></Link>
        </div>
      </aside>
      <div className="flex min-w-0 flex-1 flex-col">
        <header className="sticky top-0 z-30 flex h-14 items-center gap-1 border-b border-line bg-canvas/95 px-3 backdrop-blur md:px-6">
          <button type="button" className="btn btn-ghost btn-icon md:hidden" aria-label={t('menu')} onClick={() => setOver('menu')}><Menu size={20} aria-hidden /></button>
          <span className="min-w-0 truncate text-sm font-semibold md:hidden" dir="auto">{here?.name}</span>
          <button type="button" onClick={() => setOver('palette')} className="btn h-9 w-80 justify-start gap-2 border-line-strong font-normal text-ink-3 max-lg:w-56 max-md:hidden">
            <Search size={16} aria-hidden /><span className="flex-1 truncate text-start">{t('palette.find')}</span><kbd className="rounded border border-line px-1.5 text-[11px]" dir="ltr">Ctrl K</kbd>
          </button>
          <div className="ms-auto flex items-center gap-0.5">
            <Waiting commands={waiting} others={others} open={() => setOver('unsent')} />
            <span className="md:hidden"><Live /></span>
            {mayReport && <button type="button" className="btn btn-ghost btn-icon max-md:hidden" aria-label={t('report.title')} title={t('report.title')} onClick={() => setOver('report')}><Wrench size={18} aria-hidden /></button>}
            <button type="button" className="btn btn-ghost btn-icon md:hidden" aria-label={t('palette.find')} onClick={() => setOver('palette')}><Search size={18} aria-hidden /></button>
            <button type="button" className="btn btn-ghost btn-icon max-lg:hidden" aria-label={t('keys.title')} title={t('keys.title')} onClick={() => setOver('shortcuts')}><Keyboard size={18} aria-hidden /></button>
            {here?.permissions.includes('notification.mine') && <Bell />}
            <span className="max-md:hidden"><ThemeChoice /></span>
            <LanguageChoice />
            <button type="button" className="btn btn-ghost btn-icon max-md:hidden" aria-label={t('signOut')} title={t('signOut')} onClick={leave}><LogOut size={18} className="rtl:-scale-x-100" aria-hidden /></button>
          </div>
        </header>
        <main id="main" className="min-w-0 flex-1 pb-24 md:pb-6">{page}</main>
      </div>
      <nav aria-label={t('tabs')} className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden">
        {tabsOf(pages).map(({ to, name, icon: Icon }) => (
          <Link key={to} to={to} className="flex h-16 min-w-0 flex-1 flex-col items-center justify-center gap-1 px-1 text-[11px] font-medium text-ink-3" activeProps={{ className: 'text-brand-text!' }}>
            <Icon size={20} aria-hidden /><span className="max-w-full truncate">{t(name)}</span>
          </Link>
        ))}
        {mayReport && <button type="button" onClick={() => setOver('report')} aria-label={t('report.title')} className="flex h-16 min-w-0 flex-1 flex-col items-center justify-center gap-1 px-1 text-[11px] font-medium text-ink-3">
          <Wrench size={20} aria-hidden /><span className="max-w-full truncate">{t('report.tab')}</span>
        </button>}
      </nav>
      {popups}
    </div>
  )
}
