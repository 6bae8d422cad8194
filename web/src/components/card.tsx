/** A card of a page: what it is about, and why. */

import type { ReactNode } from 'react'

export function Card({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <section className="card flex min-w-0 flex-col gap-4 p-5">
      <div><h2 className="text-base font-semibold">{title}</h2>{text && <p className="mt-1 text-sm text-ink-2">{text}</p>}</div>
      {children}
    </section>
  )
}
