/** The head of a page: what it is, how much of it, what can be begun here. */

import { clsx } from 'clsx'
import type { ReactNode } from 'react'

interface Props {
  title: ReactNode
  about?: ReactNode
  actions?: ReactNode
  /** On paper the page goes without its head. */
  isScreen?: boolean
  children: ReactNode
}

export function Page({ title, about, actions, isScreen, children }: Props) {
  return (
    <div className="mx-auto w-full max-w-[110rem] px-4 pt-5 md:px-6">
      <div className={clsx('mb-4 flex flex-wrap items-end justify-between gap-3', isScreen && 'print:hidden')}>
        <div className="min-w-0">
          <h1 className="text-2xl font-semibold" dir="auto">{title}</h1>
          {about && <p className="text-sm text-ink-2">{about}</p>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {children}
    </div>
  )
}

/** A part of a sheet, or (level 2) of a page. */
export function Part({ title, aside, level = 3, children }: { title: string; aside?: ReactNode; level?: 2 | 3; children: ReactNode }) {
  const Head = `h${level}` as const
  return (
    <section>
      <div className="mb-2 flex items-center justify-between gap-2"><Head className="text-sm font-semibold">{title}</Head>{aside}</div>
      {children}
    </section>
  )
}

/** Names and values, one under the other. */
export function Facts({ rows }: { rows: readonly (readonly [string, ReactNode])[] }) {
  const said = rows.filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== false)
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 text-sm">
      {said.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-3">{name}</dt>
          <dd className="min-w-0 break-words font-medium">{typeof value === 'string' ? <bdi>{value}</bdi> : value}</dd>
        </div>
      ))}
    </dl>
  )
}
