/** What can be done with a work order; each move of the machine has its action, else this does not compile. */

import { Ban, CheckCheck, CircleCheck, CirclePause, CirclePlay, Megaphone, MessageSquareWarning, Pencil, RotateCcw, Tags, UserPlus } from 'lucide-react'
import type { TFunction } from 'i18next'
import { api, data } from '@/api/client'
import type { MOVES } from '@/api/house'
import { type People } from '@/api/people'
import type { Category, WorkOrder } from '@/api/queries'
import { named } from '@/api/trades'
import type { components } from '@/api/schema'
import type { Given } from '@/components/form'
import { SEVERITIES, type State } from '@/features/work-orders/ask'
import type { Action } from '@/frame/act'
import { upload } from '@/frame/photos'

type Machine = (typeof MOVES)['work_order']
type OrderMove = Machine[keyof Machine][number] | 'report' | 'triage' | 'update' | 'escalate'
interface Around {
  t: TFunction
  language: string
  people: People
  vendors: readonly components['schemas']['VendorOut'][]
  categories: readonly Category[]
  hints: readonly components['schemas']['HintOut'][]
}

const at = (one: WorkOrder) => ({ params: { path: { order_id: one.id } } })
const said = (given: Given, name: string): string => String(given[name] ?? '')

export function orderActions({ t, language, people, vendors, categories, hints }: Around) {
  const reason = { name: 'reason', label: t('reason'), required: true } as const
  const severity = { name: 'severity', label: t('order.severity'), kind: 'select', required: true, options: SEVERITIES.map((one) => [one, t(`severity.${one}`)] as const) } as const
  const category = {
    name: 'category', label: t('order.category'), kind: 'select', required: true,
    options: categories.filter((one) => one.active).map((one) => [one.code, named(one.names, language, one.code)] as const),
  } as const
  const safety = { name: 'safety_concern', label: t('report.safety'), kind: 'check' } as const
  const best = new Map(hints.map((one) => [one.staff_id, one]))
  const own = people.all.toSorted((one, other) => Number(best.get(other.id)?.fits ?? false) - Number(best.get(one.id)?.fits ?? false))
  const who = [
    ...own.map((one) => [`s:${one.id}`, best.get(one.id)?.fits ? `${one.name} ✓ ${best.get(one.id)?.reasons.join(' ') ?? ''}` : one.name] as const),
    ...vendors.map((one) => [`v:${one.id}`, `${one.name} (${t('order.vendor')})`] as const),
  ]
  return {
    assign: {
      icon: UserPlus, fields: [{ name: 'who', label: t('task.who'), kind: 'select', required: true, options: who }],
      perform: (one, given) => {
        const [kind, id = ''] = said(given, 'who').split(':')
        return data(api.POST('/api/v1/maintenance/work-orders/{order_id}/assign', { ...at(one), body: kind === 'v' ? { vendor_id: id } : { staff_id: id } }))
      },
    },
    start: { icon: CirclePlay, perform: (one) => data(api.POST('/api/v1/maintenance/work-orders/{order_id}/start', at(one))) },
    block: {
      icon: CirclePause, fields: [{ ...reason, suggest: [t('blocked.part'), t('blocked.guest'), t('blocked.vendor')] }, { name: 'until', label: t('order.until'), kind: 'moment' }],
      perform: (one, given) => data(api.POST('/api/v1/maintenance/work-orders/{order_id}/block', { ...at(one), body: { reason: said(given, 'reason'), until: given.until ? said(given, 'until') : null } })),
    },
    unblock: { icon: CirclePlay, perform: (one) => data(api.POST('/api/v1/maintenance/work-orders/{order_id}/unblock', at(one))) },
    resolve: {
      icon: CircleCheck, photos: true,
      fields: [{ name: 'remedy', label: t('order.remedy'), required: true, kind: 'textarea' }, { name: 'cause', label: t('order.cause') }, { name: 'minutes', label: t('order.labour'), kind: 'number', min: 0, max: 1440 }],
      perform: async (one, given, photos) => {
        const ids = await upload(one.property_id, photos)
        if (ids.length > 0) await data(api.POST('/api/v1/maintenance/work-orders/{order_id}/attachments', { ...at(one), body: { file_ids: ids } }))
        const labour = given.minutes ? [{ minutes: Number(given.minutes) }] : []
        return data(api.POST('/api/v1/maintenance/work-orders/{order_id}/resolve', { ...at(one), body: { remedy: said(given, 'remedy'), ...(given.cause ? { cause: said(given, 'cause') } : {}), labour, parts: [] } }))
      },
    },
    verify: { icon: CheckCheck, perform: (one) => data(api.POST('/api/v1/maintenance/work-orders/{order_id}/verify', at(one))) },
    reopen: { icon: RotateCcw, fields: [reason], perform: (one, given) => data(api.POST('/api/v1/maintenance/work-orders/{order_id}/reopen', { ...at(one), body: { reason: said(given, 'reason') } })) },
    triage: {
      icon: Tags, fields: [severity, category, safety], initial: ({ severity: is, category: of, safety_concern }) => ({ severity: is, category: of, safety_concern }),
      perform: (one, given) => data(api.POST('/api/v1/maintenance/work-orders/{order_id}/triage', {
        ...at(one), body: { severity: given.severity as WorkOrder['severity'], category: said(given, 'category'), safety_concern: given.safety_concern === true },
      })),
    },
    update: {
      icon: Pencil, fields: [
        { name: 'title', label: t('report.what'), required: true }, { name: 'description', label: t('order.description'), kind: 'textarea' }, severity, category,
        { name: 'planned_start', label: t('order.planned'), kind: 'moment' }, { name: 'estimated_minutes', label: t('order.estimate'), kind: 'number', min: 1 },
      ],
      changes: true,
      initial: ({ title, description, severity: is, category: of, planned_start, estimated_minutes }) =>
        ({ title, description, severity: is, category: of, planned_start, estimated_minutes }),
      perform: (one, given) => data(api.PATCH('/api/v1/maintenance/work-orders/{order_id}', { ...at(one), body: { ...given, version: one.version } })),
    },
    escalate: { icon: Megaphone, fields: [reason], perform: (one, given) => data(api.POST('/api/v1/maintenance/work-orders/{order_id}/escalate', { ...at(one), body: { reason: said(given, 'reason') } })) },
    report: {
      icon: MessageSquareWarning, photos: true, fields: [{ name: 'text', label: t('report.again'), kind: 'textarea', required: true }],
      perform: async (one, given, photos) => data(api.POST('/api/v1/maintenance/work-orders/{order_id}/report', { ...at(one), body: { text: said(given, 'text'), file_ids: await upload(one.property_id, photos) } })),
    },
    cancel: { icon: Ban, fields: [reason], perform: (one, given) => data(api.POST('/api/v1/maintenance/work-orders/{order_id}/cancel', { ...at(one), body: { reason: said(given, 'reason') } })) },
  } satisfies Record<OrderMove, Action<WorkOrder>>
}

/** What usually comes next, before everything else that may be done. */
const NEXT: Record<string, readonly string[]> = {
  open: ['assign', 'start'], assigned: ['start', 'assign'], in_progress: ['resolve', 'block'], blocked: ['unblock', 'resolve'], resolved: ['verify', 'reopen'],
}
export function offered(one: WorkOrder): string[] {
  const first = one.triaged || one.state !== 'open' ? [] : ['triage']
  const order = [...first, ...(NEXT[one.state] ?? [])]
  const rank = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length)
  return one.allowed_actions.toSorted((a, b) => rank(a) - rank(b))
}

/** The moves that bring an order into a state, from wherever it may come. */
export const INTO: Partial<Record<State, readonly OrderMove[]>> = { assigned: ['assign', 'reopen'], in_progress: ['start', 'unblock'], blocked: ['block'], resolved: ['resolve'] }
