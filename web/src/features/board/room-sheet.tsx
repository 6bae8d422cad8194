/** One room: a sheet at the side of a desk, at the bottom of a phone. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { CircleAlert, X } from 'lucide-react'
import { useState } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { board, room, type Board, type BoardRoom, type Room } from '@/api/queries'
import { say } from '@/components/toast'
import { ACTIONS, GRAVE, openActions, type ActionName } from '@/features/board/actions'
import { LOOK_ICONS } from '@/features/board/icons'
import { lookOf, stayOf } from '@/features/board/look'
import { moment } from '@/lib/i18n'
import { reason } from '@/lib/words'

interface Props {
  id: string
  place: string
  zone: string
  close: () => void
}

export function RoomSheet({ id, place, zone, close }: Props) {
  const { t } = useTranslation()
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={(isOpen) => !isOpen && close()} className="fixed inset-0 z-40 bg-black/40">
      <Modal className="fixed bottom-0 end-0 flex w-full flex-col bg-surface shadow-pop max-md:max-h-[85dvh] max-md:rounded-t-3xl md:top-0 md:h-dvh md:w-[26rem] md:border-s md:border-line">
        <Dialog aria-label={t('board.sheet')} className="flex min-h-0 flex-1 flex-col outline-none">
          <div className="mx-auto mt-2 h-1.5 w-12 rounded-full bg-line md:hidden" aria-hidden />
          <Inside id={id} place={place} zone={zone} close={close} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function Inside({ id, place, zone, close }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const shown = useQuery({ ...board(place, client), enabled: false }).data?.items.find((one) => one.id === id)
  const { data, error } = useQuery(room(id))
  if (!shown) return null
  const look = lookOf(shown)
  const Icon = LOOK_ICONS[look]
  return (
    <>
      <div className="flex items-start justify-between gap-3 px-5 pb-4 pt-4" data-look={look}>
        <div className="min-w-0">
          <Heading slot="title" className="num text-3xl font-bold"><bdi>{shown.number}</bdi></Heading>
          <p className="mt-1 flex flex-wrap items-center gap-2 text-sm text-ink-2">
            <span className="inline-flex h-6 items-center gap-1.5 rounded-md bg-look-tint px-2 text-xs font-semibold text-look-ink"><Icon size={14} aria-hidden />{t(`look.${look}`)}</span>
            <bdi>{shown.room_type}</bdi>{shown.floor && <span dir="auto">· {t('board.floor', { floor: shown.floor })}</span>}<span>· {t(`stay.${stayOf(shown)}`)}</span>
          </p>
        </div>
        <button type="button" className="btn btn-ghost btn-icon" aria-label={t('close')} onClick={close}><X size={18} aria-hidden /></button>
      </div>
      <div className="flex-1 space-y-5 overflow-y-auto px-5 pb-6">
        <About room={shown} zone={zone} />
        {error && <p role="alert" dir="auto" className="flex gap-2 rounded-lg bg-bad-tint px-3 py-2 text-sm text-bad"><CircleAlert size={16} className="mt-0.5 shrink-0" aria-hidden />{reason(error, t)}</p>}
        {data ? <Moves room={data} place={place} /> : !error && <div className="skeleton h-32" />}
        {data?.status_changed_at && <p className="text-xs text-ink-3">{t('board.changed', { at: moment(data.status_changed_at, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }) })}</p>}
      </div>
    </>
  )
}

function About({ room: shown, zone }: { room: BoardRoom; zone: string }) {
  const { t } = useTranslation()
  const day = { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone: zone } as const
  const lines: [string, string][] = []
  if (shown.stay) lines.push([t('board.leaves'), moment(shown.stay.etd ?? shown.stay.departure, day)])
  if (shown.arrival) lines.push([t('board.comes'), moment(shown.arrival.eta ?? shown.arrival.arrival, day)])
  for (const one of shown.tasks ?? []) lines.push([t(`task.${one.type}`), t(`taskState.${one.state}`)])
  if (lines.length === 0) return <p className="text-sm text-ink-3">{t('board.quiet')}</p>
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 text-sm">
      {lines.map(([name, text]) => <div key={name + text} className="contents"><dt className="text-ink-3">{name}</dt><dd className="font-medium">{text}</dd></div>)}
    </dl>
  )
}

function Moves({ room: known, place }: { room: Room; place: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [sure, setSure] = useState<ActionName | null>(null)
  const move = useMutation({
    mutationFn: (name: ActionName) => ACTIONS[name].perform(known.id),
    onSuccess: (next, name) => {
      client.setQueryData(room(known.id).queryKey, next)
      client.setQueryData<Board>(['board', place], (old) => old && { ...old, items: old.items.map((one) => (one.id === next.id ? merged(one, next) : one)) })
      say(t('board.done', { number: known.number, what: t(`action.${name}`) }))
    },
    onError: (error) => {
      say(reason(error, t), true)
      void client.invalidateQueries({ queryKey: room(known.id).queryKey })
    },
    onSettled: () => setSure(null),
  })
  const open = openActions(known)
  if (open.length === 0) return <p className="text-sm text-ink-3">{t('board.noMoves')}</p>
  const choose = (name: ActionName): void => (GRAVE.has(name) && sure !== name ? setSure(name) : move.mutate(name))
  return (
    <div>
      <h3 className="mb-2 text-sm font-semibold">{t('board.moves')}</h3>
      <div className="grid grid-cols-1 gap-2">
        {open.map((name) => {
          const Icon = ACTIONS[name].icon
          return (
            <button key={name} type="button" disabled={move.isPending} onClick={() => choose(name)} className="btn h-14 justify-start gap-3 rounded-xl px-3 text-start font-semibold">
              <span className="grid size-8 shrink-0 place-items-center rounded-lg bg-brand-tint text-brand-text"><Icon size={18} aria-hidden /></span>
              {sure === name ? t('board.sure', { what: t(`action.${name}`) }) : t(`action.${name}`)}
            </button>
          )
        })}
      </div>
    </div>
  )
}

function merged(one: BoardRoom, next: Room): BoardRoom {
  const { version, occupancy, condition, service, guest_service, repair_required, room_status, codes, ready } = next
  return version < one.version ? one : { ...one, version, occupancy, condition, service, guest_service, repair_required, room_status, codes, ready }
}
