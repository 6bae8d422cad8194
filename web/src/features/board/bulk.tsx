/** One action for many rooms; each room answers for itself, and what was refused says why. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { UserPlus, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { useHere } from '@/api/here'
import { useMay, usePeople } from '@/api/people'
import { settings, type BoardRoom } from '@/api/queries'
import type { components } from '@/api/schema'
import { Form } from '@/components/form'
import { Popup, Sure } from '@/components/popup'
import { say } from '@/components/toast'
import { bulkNeeds, uses } from '@/features/board/actions'
import { LOOK_ICONS } from '@/features/board/icons'
import { number } from '@/lib/i18n'
import { reason } from '@/lib/words'

const CONDITIONS = ['dirty', 'cleaning', 'clean', 'inspected'] as const satisfies readonly components['schemas']['Condition'][]
type Condition = (typeof CONDITIONS)[number]
interface Refused {
  ids: string[]
  condition: Condition
  lines: { number: string; why: string }[]
}

export function Bulk({ rooms, done }: { rooms: readonly BoardRoom[]; done: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const may = useMay()
  const people = usePeople()
  const [asked, setAsked] = useState<Condition | null>(null)
  const [refused, setRefused] = useState<Refused | null>(null)
  const here = useHere()
  const { data: hotel } = useQuery({ ...settings(here?.id ?? ''), enabled: here !== undefined })
  const conditions = CONDITIONS.filter((one) => may('room.bulk') && may(bulkNeeds(one)) && uses(one, hotel?.policies))
  const shown = number(rooms.length)
  const move = useMutation({
    mutationFn: ({ ids, condition, why }: { ids: string[]; condition: Condition; why?: string }) =>
      data(api.POST('/api/v1/rooms/status', { body: { room_ids: ids, condition, ...(why && { source: 'MANAGER_OVERRIDE', reason: why }) } })),
    onSuccess: ({ items }, { condition }) => {
      const bad = items.filter((one) => one.error)
      const good = items.length - bad.length
      if (good > 0) say(t('bulk.done', { count: good, shown: number(good) }))
      if (bad.length === 0) {
        setRefused(null)
        return done()
      }
      setRefused({
        condition, ids: bad.map((one) => one.room_id),
        lines: bad.map((one) => ({ number: rooms.find(({ id }) => id === one.room_id)?.number ?? '', why: one.error?.detail ?? '' })),
      })
    },
    onError: (error) => say(reason(error, t), true),
    onSettled: () => client.invalidateQueries({ queryKey: ['board'] }),
  })
  const assign = useMutation({
    mutationFn: (staff_id: string) => {
      const tasks = rooms.flatMap((room) => (room.tasks ?? []).filter((one) => one.state === 'pending' || one.state === 'assigned'))
      return data(api.POST('/api/v1/tasks/bulk-assign', { body: { items: tasks.map((one) => ({ task_id: one.id, staff_id })), planned: false } }))
    },
    onSuccess: ({ results }, staff_id) => {
      const good = results.filter((one) => one.ok).length
      say(t('task.given', { count: good, shown: number(good), name: people.name(staff_id) }), good < results.length)
      done()
    },
    onError: (error) => say(reason(error, t), true),
    onSettled: () => client.invalidateQueries({ queryKey: ['board'] }),
  })
  const hasTasks = rooms.some((room) => room.tasks?.some((one) => one.state === 'pending' || one.state === 'assigned'))
  return (
    <>
      <div role="toolbar" aria-label={t('list.picked')} className="card fixed inset-x-3 bottom-20 z-30 mx-auto flex w-fit max-w-[calc(100%-1.5rem)] flex-wrap items-center gap-2 px-4 py-2 shadow-pop md:bottom-6">
        <span className="num text-sm font-semibold" aria-live="polite">{t('list.many', { count: rooms.length, shown })}</span>
        {conditions.map((one) => {
          const Icon = LOOK_ICONS[one]
          return (
            <button key={one} type="button" data-look={one} disabled={move.isPending} className="btn border-look/40 bg-look-tint text-look-ink hover:border-look" onClick={() => setAsked(one)}>
              <Icon size={15} aria-hidden />{t(`look.${one}`)}
            </button>
          )
        })}
        {may('task.assign') && hasTasks && (
          <label className="btn btn-primary relative"><UserPlus size={16} aria-hidden />{t('taskMove.assign')}
            <select aria-label={t('taskMove.assign')} value="" onChange={(change) => assign.mutate(change.target.value)} className="absolute inset-0 cursor-pointer text-ink opacity-0"><option value="" disabled>{t('form.choose')}</option>{people.all.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</select>
          </label>
        )}
        <button type="button" className="btn btn-ghost btn-icon" aria-label={t('list.unpick')} onClick={done}><X size={18} aria-hidden /></button>
      </div>
      {asked && (
        <Sure
          title={t('bulk.ask', { count: rooms.length, shown, what: t(`look.${asked}`) })} text={rooms.map((one) => one.number).join(', ')}
          go={t(`look.${asked}`)} close={() => setAsked(null)} perform={() => move.mutate({ ids: rooms.map((one) => one.id), condition: asked })}
        />
      )}
      {refused && (
        <Popup title={t('bulk.refused', { count: refused.lines.length, shown: number(refused.lines.length) })} close={() => { setRefused(null); done() }}>
          <ul className="mb-5 flex flex-col gap-2 text-sm">{refused.lines.map((one) => <li key={one.number} className="flex gap-3"><strong className="num w-12 shrink-0" dir="ltr">{one.number}</strong><span dir="auto">{one.why}</span></li>)}</ul>
          {may('room.override') && (
            <Form
              go={t('action.override')} fields={[{ name: 'why', label: t('reason'), required: true, hint: t('override.hint') }]}
              perform={({ why }) => move.mutateAsync({ ids: refused.ids, condition: refused.condition, why: String(why) })}
            />
          )}
        </Popup>
      )}
    </>
  )
}
