/** Taken off the list, or had back; its history stays. */

import { RotateCcw, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useAct, type Actions } from '@/frame/act'

interface Props<T> {
  one: T
  /** The list it is on: where its words are, and what is asked anew. */
  of: 'assets' | 'parts' | 'vendors'
  zone: string
  turn: (active: boolean, one: T) => Promise<unknown>
}

export function Retire<T extends { active: boolean; version: number }>({ one, of, zone, turn }: Props<T>) {
  const { t } = useTranslation()
  const actions: Actions<T> = {
    retire: { icon: Trash2, isGrave: true, perform: (now) => turn(false, now), undo: (before) => turn(true, { ...before, version: before.version + 1 }) },
    restore: { icon: RotateCcw, perform: (now) => turn(true, now) },
  }
  const label = (name: string): string => t(`${of}.act.${name}`)
  const { begin, asks, isBusy } = useAct(actions, label, zone, [[of]])
  const [name, Icon] = one.active ? ['retire', Trash2] as const : ['restore', RotateCcw] as const
  return <><button type="button" disabled={isBusy} className={one.active ? 'btn self-start text-bad' : 'btn self-start'} onClick={() => begin(name, one)}><Icon size={16} aria-hidden />{label(name)}</button>{asks}</>
}
