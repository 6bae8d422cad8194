/** Short words about what was just done, or could not be. */

import { useSyncExternalStore } from 'react'
import { CheckCircle2, CircleAlert, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'

interface Word {
  id: number
  text: string
  bad: boolean
  undo?: () => void
}

const STAYS = 6_000
const LONGER = 12_000
let words: readonly Word[] = []
let last = 0
const heard = new Set<() => void>()

function become(next: readonly Word[]): void {
  words = next
  for (const one of heard) one()
}

const drop = (id: number): void => become(words.filter((one) => one.id !== id))

/** What was done; with `undo`, a way back for as long as it is said. */
export function say(text: string, bad = false, undo?: () => void): void {
  const id = (last += 1)
  become([...words.filter((one) => one.text !== text).slice(-2), { id, text, bad, undo }])
  setTimeout(() => drop(id), bad ? LONGER : STAYS)
}

export function Toasts() {
  const { t } = useTranslation()
  const shown = useSyncExternalStore((hear) => {
    heard.add(hear)
    return () => heard.delete(hear)
  }, () => words)
  return (
    <div role="status" data-react-aria-top-layer="true" className="fixed inset-x-3 bottom-20 z-50 mx-auto flex max-w-md flex-col gap-2 md:bottom-6">
      {shown.map((one) => (
        <div key={one.id} className="flex items-start gap-3 rounded-xl border border-line bg-surface px-4 py-3 text-sm shadow-pop">
          {one.bad ? <CircleAlert size={18} className="mt-0.5 shrink-0 text-bad" aria-hidden /> : <CheckCircle2 size={18} className="mt-0.5 shrink-0 text-brand-text" aria-hidden />}
          <span dir="auto" className="min-w-0 flex-1">{one.text}</span>
          {one.undo && <button type="button" onClick={() => { one.undo?.(); drop(one.id) }} className="-my-1 rounded-lg px-2 py-1 font-semibold text-brand-text hover:bg-sunken">{t('undo')}</button>}
          <button type="button" aria-label={t('close')} onClick={() => drop(one.id)} className="-m-1 rounded p-1 text-ink-3 hover:text-ink"><X size={16} aria-hidden /></button>
        </div>
      ))}
    </div>
  )
}
