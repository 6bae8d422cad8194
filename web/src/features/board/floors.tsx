/** The tiles, group by group. One listener for all of them; the arrows walk from room to room, and turn round with the writing. */

import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef, type CSSProperties, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import type { BoardRoom } from '@/api/queries'
import { say } from '@/components/toast'
import { LETTERS, roomActions } from '@/features/board/actions'
import { useFlash } from '@/features/board/flash'
import { holderOf } from '@/features/board/look'
import type { Picking } from '@/features/board/picking'
import { Tile, tileWords } from '@/features/board/tile'
import { isBegun, letterOf, shortcuts } from '@/lib/hotkeys'
import { number } from '@/lib/i18n'
import { reason } from '@/lib/words'

interface Props {
  groups: readonly (readonly [key: string, name: string, rooms: BoardRoom[]])[]
  zone: string
  name: (id: string | undefined) => string
  picking: Picking
  choose: (id: string) => void
}
const tileOf = (target: EventTarget): HTMLElement | null => (target instanceof Element ? target.closest('.tile') : null)
const STEPS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 }

export function Floors({ groups, zone, name, picking, choose }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const all = useRef<HTMLDivElement>(null)
  const words = useMemo(() => tileWords(t), [t])
  useFlash(useMemo(() => groups.flatMap(([, , rooms]) => rooms), [groups]), all)
  const tiles = (): HTMLElement[] => [...(all.current?.querySelectorAll<HTMLElement>('.tile') ?? [])]
  const pick = (id: string, spans: boolean): void => picking.toggle(id, spans, tiles().map((one) => one.dataset.id ?? ''))
  const click = (event: MouseEvent): void => {
    const id = tileOf(event.target)?.dataset.id
    if (!id || picking.wasHeld()) return
    if (picking.picked.size > 0 || event.ctrlKey || event.metaKey || event.shiftKey) pick(id, event.shiftKey)
    else choose(id)
  }
  async function act(id: string, letter: string): Promise<void> {
    const action = roomActions(t)[LETTERS[letter] as 'inspect']
    try {
      await action.perform(await data(api.GET('/api/v1/rooms/{room_id}', { params: { path: { room_id: id } } })))
      await client.invalidateQueries({ queryKey: ['board'] })
    } catch (error) {
      say(reason(error, t), true)
    }
  }
  const press = (event: KeyboardEvent): void => {
    const from = tileOf(event.target)
    const id = from?.dataset.id
    if (!from || !id || event.ctrlKey || event.metaKey || event.altKey || isBegun()) return
    const key = letterOf(event)
    if (event.key === 'Escape') return picking.clear()
    if (shortcuts.get() !== 'off' && (key === 'x' || key in LETTERS)) {
      event.preventDefault()
      return key === 'x' ? pick(id, event.shiftKey) : void act(id, key)
    }
    const turned = document.documentElement.dir === 'rtl' ? -1 : 1
    const step = STEPS[event.key]
    if (step === undefined && event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    const there = tiles()
    const next = step === undefined ? below(there, from, event.key === 'ArrowDown') : there[there.indexOf(from) + step * turned]
    next?.focus()
  }
  const hold = (event: PointerEvent): void => {
    const id = tileOf(event.target)?.dataset.id
    if (id && event.pointerType === 'touch') picking.hold(id)
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the buttons inside are what is pressed
    <div ref={all} onClick={click} onKeyDown={press} onPointerDown={hold} onPointerUp={picking.release} onPointerCancel={picking.release} onPointerMove={(event) => (Math.abs(event.movementX) + Math.abs(event.movementY) > 4 ? picking.release() : undefined)} onContextMenu={(event) => picking.picked.size > 0 && event.preventDefault()}>
      {groups.map(([key, title, rooms], place) => (
        <section key={key} className={place === 0 ? 'floor mb-5' : 'floor far mb-5'} style={{ '--rooms': rooms.length } as CSSProperties} aria-label={title}>
          <h2 className="mb-2 flex items-baseline gap-2 text-sm font-semibold">
            <span dir="auto">{title}</span>
            <span className="num text-xs font-normal text-ink-3">{t('board.rooms', { count: rooms.length, shown: number(rooms.length) })}</span>
          </h2>
          <div className="tiles">{rooms.map((one, n) => <Tile key={one.id} room={one} zone={zone} first={place === 0 && n === 0} who={name(holderOf(one))} isPicked={picking.picked.has(one.id)} words={words} />)}</div>
        </section>
      ))}
    </div>
  )
}

/** The tile that stands nearest under (or over) another. */
function below(tiles: HTMLElement[], from: HTMLElement, down: boolean): HTMLElement | undefined {
  const at = from.getBoundingClientRect()
  const far = (one: HTMLElement): number => {
    const there = one.getBoundingClientRect()
    return Math.abs(there.top - at.top) * 10 + Math.abs(there.left - at.left)
  }
  const rows = tiles.filter((one) => {
    const { top } = one.getBoundingClientRect()
    return down ? top > at.top + 4 : top < at.top - 4
  })
  return rows.toSorted((one, other) => far(one) - far(other))[0]
}
