/** What stands where something should be: nothing there, nothing found, something wrong. */

import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

export function Nothing({ icon: Icon, title, text, children }: { icon: LucideIcon; title: string; text: string; children?: ReactNode }) {
  return (
    <div className="card mx-auto mt-10 flex max-w-md flex-col items-center gap-3 px-6 py-10 text-center">
      <Icon size={32} className="text-ink-3" aria-hidden />
      <h2 className="text-lg font-semibold">{title}</h2>
      <p className="text-sm text-ink-2" dir="auto">{text}</p>
      {children}
    </div>
  )
}
