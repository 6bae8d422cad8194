/** The frame of every page: where one is, which hotel, whether what is shown is live. */

import { Link, Outlet } from '@tanstack/react-router'
import { useSuspenseQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { ChevronsUpDown, LayoutGrid, Loader, LogOut, WifiOff, type LucideIcon } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Permission } from '@/api/house'
import { me } from '@/api/queries'
import { LanguageChoice, ThemeChoice } from '@/components/choices'
import { Toasts } from '@/components/toast'
import { place } from '@/lib/kept'
import { listen, useLive } from '@/lib/live'
import { useHere } from '@/lib/here'
import { signOut } from '@/lib/session'

const PAGES = [{ to: '/board', name: 'board.title', icon: LayoutGrid, permission: 'room.read' }] as const satisfies readonly { to: string; name: string; icon: LucideIcon; permission: Permission }[]

function Live() {
  const { t } = useTranslation()
  const state = useLive()
  return (
    <span role="status" className={clsx('inline-flex items-center gap-2 rounded-full px-2.5 py-1 text-xs font-medium', state === 'offline' && 'bg-bad-tint text-bad')}>
      {state === 'live' && <span className="size-2 rounded-full bg-[#35b98a] ring-4 ring-[#35b98a]/25" />}
      {state === 'connecting' && <Loader size={14} className="animate-spin" aria-hidden />}
      {state === 'offline' && <WifiOff size={14} aria-hidden />}
      {t(`live.${state}`)}
    </span>
  )
}

function HotelChoice() {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(me())
  const here = useHere()
  if (data.properties.length < 2) return <div className="mx-3 mb-3 truncate px-2.5 text-[13px] font-medium" dir="auto">{here?.name}</div>
  return (
    <label className="relative mx-3 mb-3 flex items-center justify-between gap-2 rounded-lg border border-white/10 bg-white/5 px-3 py-2 text-[13px] font-medium hover:bg-white/10">
      <span className="truncate" dir="auto">{here?.name}</span>
      <ChevronsUpDown size={14} className="shrink-0 opacity-70" aria-hidden />
      <select aria-label={t('hotel')} value={here?.id} onChange={(change) => place.set(change.target.value)} className="absolute inset-0 cursor-pointer opacity-0">
        {data.properties.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
      </select>
    </label>
  )
}

export function Shell() {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(me())
  const here = useHere()
  const pages = PAGES.filter((one) => here?.permissions.includes(one.permission))
  useEffect(listen, [])
  return (
    <div className="flex min-h-dvh">
      <a href="#main" className="sr-only focus:not-sr-only focus:fixed focus:start-3 focus:top-3 focus:z-50 focus:rounded-lg focus:bg-surface focus:px-4 focus:py-2">{t('skip')}</a>
      <aside className="sticky top-0 hidden h-dvh w-60 shrink-0 flex-col bg-side text-side-ink md:flex">
        <div className="flex items-center gap-3 px-5 pb-4 pt-5">
          <img src="/icon.svg" alt="" className="size-9 rounded-[10px] ring-1 ring-white/15" />
          <span className="text-[15px] font-semibold text-white">Serai</span>
        </div>
        <HotelChoice />
        <nav aria-label={t('pages')} className="flex-1 overflow-y-auto px-3">
          {pages.map(({ to, name, icon: Icon }) => (
            <Link key={to} to={to} className="mb-0.5 flex h-9 items-center gap-3 rounded-lg px-2.5 text-sm font-medium hover:bg-white/5" activeProps={{ className: 'bg-side-active! text-white' }}>
              <Icon size={17} aria-hidden />{t(name)}
            </Link>
          ))}
        </nav>
        <div className="flex items-center justify-between gap-2 border-t border-white/10 px-3 py-3">
          <Live />
          <span className="min-w-0 truncate text-xs text-side-ink-2" dir="auto">{data.name}</span>
        </div>
      </aside>
      <div className="flex min-w-0 flex-1 flex-col">
        <header className="sticky top-0 z-30 flex h-14 items-center gap-1 border-b border-line bg-canvas/95 px-4 backdrop-blur md:px-6">
          <img src="/icon.svg" alt="" className="me-2 size-8 rounded-lg md:hidden" />
          <span className="min-w-0 truncate text-sm font-semibold md:hidden" dir="auto">{here?.name}</span>
          <div className="ms-auto flex items-center gap-0.5">
            <span className="md:hidden"><Live /></span>
            <ThemeChoice />
            <LanguageChoice />
            <button type="button" className="btn btn-ghost btn-icon" aria-label={t('signOut')} onClick={() => void signOut()}><LogOut size={18} className="rtl:-scale-x-100" aria-hidden /></button>
          </div>
        </header>
        <main id="main" className="flex-1 pb-20 md:pb-6"><Outlet /></main>
      </div>
      <Toasts />
    </div>
  )
}
