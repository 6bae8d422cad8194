/** What the sections of the page are made of: a frame, a way to a list, figures as bars. */

import { Link } from '@tanstack/react-router'
import { clsx } from 'clsx'
import { ChevronRight } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Permission } from '@/api/house'
import { useMay } from '@/api/people'
import { number } from '@/lib/i18n'

export interface Place {
  to: string
  search?: Record<string, string>
}
/** Rooms that can be given to a guest, by their type. */
export const FREE: Place = { to: '/board', search: { only: 'ready', by: 'type' } }
const NEEDS: Record<string, Permission> = {
  board: 'room.read', tasks: 'task.assign', 'work-orders': 'workorder.read', assets: 'asset.read', parts: 'part.read',
  discrepancies: 'discrepancy.read', settings: 'settings.manage', sla: 'sla.read',
}

/** A way to the list that shows just this; who may not see the list sees the words alone. */
export function Go({ place, className, children }: { place?: Place | undefined; className?: string; children: ReactNode }) {
  const may = useMay()
  const needed = NEEDS[place?.to.split('/')[1] ?? '']
  if (!place || !needed || !may(needed)) return <span className={className}>{children}</span>
  return <Link to={place.to} search={place.search ?? {}} className={clsx(className, 'is-link')}>{children}</Link>
}

export function Panel({ title, about, all, children, className }: { title: string; about?: ReactNode; all?: Place; children: ReactNode; className?: string }) {
  const { t } = useTranslation()
  return (
    <section className={clsx('card flex min-w-0 flex-col p-5 break-inside-avoid [&_.card]:mt-0 [&_.card]:border-0 [&_.card]:py-4 [&_.card]:shadow-none print:p-4 print:shadow-none', className)}>
      <div className="mb-4 flex items-start justify-between gap-3 print:mb-2">
        <div className="min-w-0"><h2 className="text-[15px] font-semibold">{title}</h2>{about && <p className="mt-0.5 text-xs text-ink-3">{about}</p>}</div>
        {all && <Go place={all} className="-my-1 inline-flex min-h-7 shrink-0 items-center gap-0.5 text-xs font-medium text-brand-text hover:underline max-md:-my-3 max-md:min-h-11 print:hidden">{t('dash.open')}<span className="sr-only">: {title}</span><ChevronRight size={14} className="rtl:-scale-x-100" aria-hidden /></Go>}
      </div>
      {children}
    </section>
  )
}

/** Where nothing is to be shown, inside a frame. */
export const Quiet = ({ children }: { children: ReactNode }) => <p className="grid flex-1 place-items-center py-6 text-center text-sm text-ink-3">{children}</p>

interface Slice {
  look: string
  value: number
  gravity?: boolean
}
const paint = (one: Slice): Record<string, string> => (one.gravity ? { 'data-gravity': one.look } : { 'data-look': one.look })

/** Parts of a whole, side by side; the words stand beside it. Without a look it is of the house's own colour. */
export function Strip({ parts, whole, className = 'h-2' }: { parts: readonly Slice[]; whole: number; className?: string }) {
  return (
    <span aria-hidden className={clsx('flex min-w-0 gap-0.5 overflow-hidden rounded-full bg-sunken', className)}>
      {parts.filter((one) => one.value > 0).map((one) => (
        <span key={one.look} {...paint(one)} className={clsx('h-full first:rounded-s-full last:rounded-e-full', one.look ? 'bg-look' : 'bg-brand')} style={{ width: `${(100 * one.value) / Math.max(1, whole)}%` }} />
      ))}
    </span>
  )
}

export interface Row {
  id: string
  name: ReactNode
  value: number
  shown?: string
  note?: string
  look?: string
  gravity?: boolean
  place?: Place
}

/** Names, bars and figures in three columns that stand under each other. */
export function Bars({ rows, most }: { rows: readonly Row[]; most?: number }) {
  const whole = most ?? Math.max(1, ...rows.map((one) => one.value))
  const notes = rows.some((one) => one.note)
  return (
    <ul className={clsx('-mx-2 grid gap-x-3', notes ? 'grid-cols-[fit-content(46%)_minmax(3rem,1fr)_auto_auto]' : 'grid-cols-[fit-content(45%)_minmax(3rem,1fr)_auto]')}>
      {rows.map((one) => (
        <li key={one.id} className="contents">
          <Go place={one.place} className="col-span-full grid min-h-9 grid-cols-subgrid items-center rounded-lg px-2 text-sm max-md:min-h-11 [&.is-link:hover]:bg-sunken print:min-h-6">
            <span className="min-w-0 truncate text-ink-2 print:whitespace-normal"><bdi>{one.name}</bdi></span>
            <Strip parts={[{ look: one.look ?? '', value: one.value, gravity: one.gravity ?? false }]} whole={whole} />
            <span className="num whitespace-nowrap text-end font-semibold">{one.shown ?? number(one.value)}</span>
            {notes && <span className="num -ms-1 whitespace-nowrap text-end text-xs text-ink-3">{one.note}</span>}
          </Go>
        </li>
      ))}
    </ul>
  )
}

/** The first few of many; the rest is one press away. */
export function Few<T>({ items, many, children }: { items: readonly T[]; many: number; children: (one: T) => ReactNode }) {
  const { t } = useTranslation()
  const [isWhole, setWhole] = useState(false)
  return (
    <>
      <ul className="flex flex-col">{(isWhole ? items : items.slice(0, many)).map(children)}</ul>
      {items.length > many && <button type="button" aria-expanded={isWhole} className="btn btn-ghost -ms-2 mt-2 h-9 self-start px-2 text-xs text-brand-text print:hidden" onClick={() => setWhole(!isWhole)}>{isWhole ? t('dash.fewer') : t('dash.more', { count: items.length, shown: number(items.length) })}</button>}
    </>
  )
}
