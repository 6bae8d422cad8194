/** Orders as cards in columns of their states; a card is dragged, or moved by its menu: what the server does not allow is not offered. */

import { useState, type DragEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { LIVE_ORDERS, type WorkOrder } from '@/api/queries'
import { Initials, Severity } from '@/components/bits'
import { say } from '@/components/toast'
import { LOOK, SIGN, type State } from '@/features/work-orders/ask'
import { Due } from '@/features/work-orders/due'
import { INTO, offered } from '@/features/work-orders/moves'
import { MoreMenu, type Actions } from '@/frame/act'
import { number } from '@/lib/i18n'
import { retold } from '@/lib/stored'

const COLUMNS = [...LIVE_ORDERS, 'resolved'] as const satisfies readonly State[]

interface Props {
  items: readonly WorkOrder[]
  actions: Actions<WorkOrder>
  label: (name: string) => string
  begin: (name: string, one: WorkOrder) => void
  open: (one: WorkOrder) => void
  name: (id: string | null | undefined) => string
}

export function Kanban({ items, actions, label, begin, open, name }: Props) {
  const { t } = useTranslation()
  const [over, setOver] = useState<State | null>(null)
  const drop = (state: State) => (event: DragEvent): void => {
    event.preventDefault()
    setOver(null)
    const one = items.find(({ id }) => id === event.dataTransfer.getData('text/plain'))
    if (!one || one.state === state) return
    const move = INTO[state]?.find((way) => one.allowed_actions.includes(way))
    if (move) begin(move, one)
    else say(t('orders.noMove', { number: one.number, state: t(`orderState.${state}`) }), true)
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls can be scrolled by keys
    <div className="flex gap-3 overflow-x-auto pb-3" tabIndex={0} role="group" aria-label={t('orders.title')}>
      {COLUMNS.map((state) => {
        const there = items.filter((one) => one.state === state)
        const Icon = SIGN[state]
        return (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dragging has its menu in every card
          <section key={state} data-look={LOOK[state]} aria-label={t(`orderState.${state}`)} onDragOver={(event) => { event.preventDefault(); setOver(state) }} onDragLeave={() => setOver(null)} onDrop={drop(state)} className={`flex w-60 flex-1 flex-col rounded-card border bg-sunken max-md:min-w-[80vw] md:min-w-52 ${over === state ? 'border-look' : 'border-line'}`}>
            <h2 className="flex items-center gap-2 px-4 py-3 text-sm font-semibold text-look-ink"><Icon size={15} aria-hidden />{t(`orderState.${state}`)}<span className="num ms-auto text-ink-3">{number(there.length)}</span></h2>
            <ul className="flex max-h-[65dvh] min-h-28 flex-col gap-2 overflow-y-auto p-2 pt-0">
              {there.map((one) => (
                // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dragging has its menu in every card
                <li key={one.id} draggable onDragStart={(event) => event.dataTransfer.setData('text/plain', one.id)} className="relative cursor-grab rounded-lg border border-line bg-surface p-3 shadow-card active:cursor-grabbing">
                  <div className="flex items-start gap-2">
                    <button type="button" onClick={() => open(one)} className="min-w-0 flex-1 text-sm font-semibold after:absolute after:inset-0 after:content-['']" dir="auto">{retold(one.title, t)}</button>
                    <MoreMenu one={one} names={offered(one)} actions={actions} label={label} begin={begin} className="btn btn-ghost -me-2 -mt-2 size-9 px-0" />
                  </div>
                  <p className="mt-1 flex flex-wrap items-center gap-2 text-xs text-ink-3"><span className="num" dir="ltr">#{one.number}</span>{one.room_number && <span className="num font-semibold text-ink-2" dir="ltr">{one.room_number}</span>}<Severity of={one.severity} /></p>
                  <p className="mt-2 flex items-center justify-between gap-2"><Due one={one} />{one.assignee_id && <Initials name={name(one.assignee_id)} size="sm" />}</p>
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </div>
  )
}
