/** What a supervisor or a desk can do with a task; each move of the machine has its action, else this does not compile. */

import { Ban, CalendarClock, CheckCheck, CircleCheck, CirclePause, CirclePlay, Hand, LifeBuoy, Pencil, ThumbsDown, UserPlus } from 'lucide-react'
import type { TFunction } from 'i18next'
import { api, data } from '@/api/client'
import type { MOVES } from '@/api/house'
import type { People } from '@/api/people'
import type { Task } from '@/api/queries'
import type { Given } from '@/components/form'
import type { Action } from '@/frame/act'
import { upload } from '@/frame/photos'

type Machine = (typeof MOVES)['task']
type TaskMove = Machine[keyof Machine][number] | 'delay' | 'update' | 'help'

const at = (one: Task) => ({ params: { path: { task_id: one.id } } })
const said = (given: Given, name: string): string => String(given[name] ?? '')
const LEVELS = ['low', 'normal', 'high', 'urgent'] as const

export const taskActions = (t: TFunction, people: People) => {
  const reason = { name: 'reason', label: t('reason'), required: true } as const
  return {
    assign: {
      icon: UserPlus, fields: [{ name: 'staff_id', label: t('task.who'), kind: 'select', required: true, options: people.all.map((one) => [one.id, one.name] as const) }],
      perform: (one, given) => data(api.POST('/api/v1/tasks/{task_id}/assign', { ...at(one), body: { staff_id: said(given, 'staff_id') } })),
      undo: (one) => one.assignee_id ? data(api.POST('/api/v1/tasks/{task_id}/assign', { ...at(one), body: { staff_id: one.assignee_id } })) : Promise.resolve(one),
    },
    start: { icon: CirclePlay, perform: (one) => data(api.POST('/api/v1/tasks/{task_id}/start', { ...at(one), body: {} })) },
    pause: { icon: CirclePause, perform: (one) => data(api.POST('/api/v1/tasks/{task_id}/pause', { ...at(one), body: {} })), undo: (one) => data(api.POST('/api/v1/tasks/{task_id}/resume', { ...at(one), body: {} })) },
    resume: { icon: CirclePlay, perform: (one) => data(api.POST('/api/v1/tasks/{task_id}/resume', { ...at(one), body: {} })) },
    complete: { icon: CircleCheck, perform: (one) => data(api.POST('/api/v1/tasks/{task_id}/complete', { ...at(one), body: {} })) },
    verify: { icon: CheckCheck, perform: (one) => data(api.POST('/api/v1/tasks/{task_id}/verify', { ...at(one), body: {} })) },
    reject: {
      icon: ThumbsDown, fields: [{ ...reason, hint: t('task.rejectHint') }], photos: true,
      perform: async (one, given, photos) => data(api.POST('/api/v1/tasks/{task_id}/reject', { ...at(one), body: { reason: said(given, 'reason'), file_ids: await upload(one.property_id, photos) } })),
    },
    refuse: {
      icon: Hand, fields: [{ ...reason, kind: 'select', options: [['service_declined', t('refuse.service_declined')], ['do_not_disturb', t('refuse.do_not_disturb')]] }],
      perform: (one, given) => data(api.POST('/api/v1/tasks/{task_id}/refuse', { ...at(one), body: { reason: said(given, 'reason') } })),
    },
    help: { icon: LifeBuoy, fields: [{ name: 'note', label: t('help.what') }], perform: (one, given) => data(api.POST('/api/v1/tasks/{task_id}/help', { ...at(one), body: { note: said(given, 'note') } })) },
    delay: {
      icon: CalendarClock, fields: [reason, { name: 'due_at', label: t('task.newDue'), kind: 'moment' }],
      perform: (one, given) => data(api.POST('/api/v1/tasks/{task_id}/delay', { ...at(one), body: { reason: said(given, 'reason'), due_at: given.due_at ? said(given, 'due_at') : null } })),
    },
    update: {
      icon: Pencil, fields: [
        { name: 'note', label: t('task.note'), kind: 'textarea' }, { name: 'due_at', label: t('task.due'), kind: 'moment' },
        { name: 'priority', label: t('task.priority'), kind: 'select', options: LEVELS.map((one) => [one, t(`level.${one}`)] as const) },
      ],
      initial: ({ note, due_at, priority_level }) => ({ note, due_at, priority: priority_level }),
      changes: true, // a priority that is said by hand is no longer computed
      perform: (one, given) => data(api.PATCH('/api/v1/tasks/{task_id}', { ...at(one), body: { ...given, version: one.version } })),
    },
    cancel: { icon: Ban, fields: [reason], perform: (one, given) => data(api.POST('/api/v1/tasks/{task_id}/cancel', { ...at(one), body: { reason: said(given, 'reason') } })) },
  } satisfies Record<TaskMove, Action<Task>>
}
