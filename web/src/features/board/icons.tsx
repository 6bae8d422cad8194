/** One sprite for the whole board: a tile's icon is two elements, not five. */

import { Ban, BellOff, Brush, Check, CheckCheck, CircleDashed, LogIn, LogOut, Moon, PauseCircle, Sparkles, Star, Timer, Wrench, Zap, type LucideIcon } from 'lucide-react'
import { memo } from 'react'
import type { Look } from '@/features/board/look'

export const LOOK_ICONS: Record<Look, LucideIcon> = {
  dirty: CircleDashed, pickup: Sparkles, cleaning: Brush, clean: Check, inspected: CheckCheck,
  out_of_order: Ban, out_of_service: PauseCircle,
}
const OTHERS = { due_in: LogIn, due_out: LogOut, stays: Moon, rush: Zap, vip: Star, dnd: BellOff, repair: Wrench, late: Timer }
const FILLED = new Set(['rush', 'vip'])
type IconName = Look | keyof typeof OTHERS

export const Sprite = memo(function Sprite() {
  return (
    <svg width="0" height="0" className="absolute" aria-hidden>
      {Object.entries({ ...LOOK_ICONS, ...OTHERS }).map(([name, Drawn]) => (
        <symbol key={name} id={`i-${name}`} viewBox="0 0 24 24"><Drawn width={24} height={24} fill={FILLED.has(name) ? 'currentColor' : 'none'} /></symbol>
      ))}
    </svg>
  )
})

/** No component: a tile has up to seven, and each would be one more thing to draw. */
export function icon(name: IconName) {
  const turns = name === 'due_in' || name === 'due_out'
  return <svg key={name} aria-hidden="true" className={FILLED.has(name) ? 'filled' : turns ? 'rtl:-scale-x-100' : undefined}><use href={`#i-${name}`} /></svg>
}
