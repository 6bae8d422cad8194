/** Many things of a kind: a table where there is room, cards on a phone; the first column opens a thing. */

import { clsx } from 'clsx'
import { useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useWide } from '@/lib/wide'

export interface Column<T> {
  name: string
  show: (one: T) => ReactNode
  /** A figure: at the end of its cell. */
  isFigure?: boolean
}
export interface Picking {
  picked: ReadonlySet<string>
  pick: (ids: ReadonlySet<string>) => void
}
interface Props<T> {
  name: string
  items: readonly T[]
  columns: readonly Column<T>[]
  open?: (one: T) => void
  picking?: Picking
  more?: (() => void) | undefined
}

export function List<T extends { id: string }>({ name, items, columns, open, picking, more }: Props<T>) {
  const { t } = useTranslation()
  const isWide = useWide()
  const last = useRef<string | null>(null)
  const toggle = (id: string, spans: boolean): void => {
    if (!picking) return
    const next = new Set(picking.picked)
    const ids = items.map((one) => one.id)
    const from = spans && last.current ? ids.indexOf(last.current) : -1
    const to = ids.indexOf(id)
    if (from >= 0) for (const one of ids.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(one)
    else if (!next.delete(id)) next.add(id)
    last.current = id
    picking.pick(next)
  }
  const box = (one: T): ReactNode => picking && (
    <span className="relative z-10 grid size-9 place-items-center max-md:size-11">
      <input type="checkbox" aria-label={t('list.pick')} checked={picking.picked.has(one.id)} onChange={(change) => toggle(one.id, (change.nativeEvent as unknown as MouseEvent).shiftKey)} className="size-5 accent-brand" />
    </span>
  )
  const [first, ...rest] = columns
  if (!first) return null
  const main = (one: T): ReactNode => open ? <button type="button" className="text-start font-semibold after:absolute after:inset-0 after:content-['']" onClick={() => open(one)}>{first.show(one)}</button> : <span className="font-semibold">{first.show(one)}</span>
  return (
    <>
      {isWide ? (
        <div className="card overflow-x-auto">
          <table className="w-full text-sm">
            <caption className="sr-only">{name}</caption>
            <thead><tr className="border-b border-line text-xs text-ink-3">
              {picking && <th scope="col" className="w-10 px-2"><span className="sr-only">{t('list.pick')}</span></th>}
              {columns.map((one) => <th key={one.name} scope="col" className={clsx('px-3 py-2.5 font-medium', one.isFigure ? 'text-end' : 'text-start')}>{one.name}</th>)}
            </tr></thead>
            <tbody>
              {items.map((one) => (
                <tr key={one.id} className={clsx('relative border-b border-line last:border-0', open && 'hover:bg-sunken', picking?.picked.has(one.id) && 'bg-brand-tint')}>
                  {picking && <td className="px-2">{box(one)}</td>}
                  <td className="px-3 py-2.5">{main(one)}</td>
                  {rest.map((column) => <td key={column.name} className={clsx('px-3 py-2.5', column.isFigure && 'num text-end')}>{column.show(one)}</td>)}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <ul aria-label={name} className="flex flex-col gap-2">
          {items.map((one) => (
            <li key={one.id} className={clsx('card relative flex items-start gap-2 px-3 py-3', picking?.picked.has(one.id) && 'bg-brand-tint')}>
              {box(one)}
              <div className="min-w-0 flex-1">
                <div className="mb-1">{main(one)}</div>
                <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-2">{rest.map((column) => { const shown = column.show(one); return shown === null || shown === '' ? null : <span key={column.name} className="max-w-full"><span className="sr-only">{column.name}: </span>{shown}</span> })}</div>
              </div>
            </li>
          ))}
        </ul>
      )}
      {more && <div className="mt-3 text-center"><button type="button" className="btn" onClick={more}>{t('list.more')}</button></div>}
    </>
  )
}
