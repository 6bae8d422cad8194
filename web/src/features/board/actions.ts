/** What can be done with a room: each door once. The server says which of them are open to whom. */

import { Ban, Brush, Check, CheckCheck, CircleDashed, Hourglass, LogIn, LogOut, SlidersHorizontal, Sparkles, Wrench } from 'lucide-react'
import { queryOptions } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { api, data } from '@/api/client'
import type { Permission } from '@/api/house'
import type { BoardRoom, Room } from '@/api/queries'
import type { components } from '@/api/schema'
import type { Field, Given } from '@/components/form'
import type { Action } from '@/frame/act'
import { dateIn } from '@/lib/clock'

type Condition = components['schemas']['Condition']
type Status = components['schemas']['RoomStatusBody']
type Stay = components['schemas']['StayOut']
export interface RoomAction extends Action<Room> {
  /** Beside what the server allows: whether it makes sense in this room. */
  fits?: (room: Room) => boolean
  /** A door that the server does not name among the room's actions: open to whom has one of these. */
  needs?: readonly Permission[]
}
type Policies = Pick<components['schemas']['PoliciesOut'], 'pickup' | 'inspects'>
const GUEST = ['none', 'do_not_disturb', 'make_up_room', 'service_declined'] as const
const CONDITIONS = ['dirty', 'pickup', 'cleaning', 'clean', 'inspected'] as const satisfies readonly Condition[]

const at = (one: Room) => ({ params: { path: { room_id: one.id } } })
const said = (given: Given, name: string): string => String(given[name] ?? '')
const set = (one: Room, body: Status): Promise<Room> => data(api.POST('/api/v1/rooms/{room_id}/status', { ...at(one), body }))

/** The stay that the board shows as the room's arrival of this day: no other one is checked in by a press. */
export const comingTo = (place: string, room: BoardRoom | undefined, zone: string) => {
  const expected = room?.arrival?.arrival ?? null
  return queryOptions({
    queryKey: ['stays', place, room?.id, expected],
    enabled: expected !== null,
    queryFn: async ({ signal }) => {
      const query = { property_id: place, room_id: room?.id ?? '', state: 'confirmed', arrival_date: dateIn(expected ?? '', zone) } as const
      const { items } = await data(api.GET('/api/v1/stays', { params: { query }, signal }))
      return items.find((one) => Date.parse(one.arrival) === Date.parse(expected ?? '')) ?? null
    },
  })
}

export interface Around {
  /** Who is expected in the room today. */
  coming?: Stay | null | undefined
  policies?: Policies | undefined
}

/** A condition that the property does not use is nobody's to set, not even a manager's. */
export const uses = (one: Condition, policies: Policies | undefined): boolean =>
  one === 'pickup' ? policies?.pickup === true : one !== 'inspected' || policies?.inspects !== false

/** The whole of a change of many rooms is a cleaner's word: the desk's is said room by room. */
export const bulkNeeds = (one: Condition): Permission => (one === 'inspected' ? 'room.inspect' : 'room.clean')

export function roomActions(t: TFunction, { coming, policies }: Around = {}) {
  const who = coming ? t('act.arrives', { who: [coming.guest_name, coming.booking_reference].filter(Boolean).join(' · ') }) : t('act.walksIn')
  const checkIn = (one: Room, reason?: string): Promise<Room> => data(api.POST('/api/v1/rooms/{room_id}/check-in', {
    ...at(one), body: { ...(coming && { stay_id: coming.id }), ...(reason && { source: 'MANAGER_OVERRIDE', reason }) },
  }))
  const why: Field = { name: 'reason', label: t('reason'), required: true, hint: t('override.hint') }
  return {
    'start-cleaning': { icon: Brush, perform: (one) => data(api.POST('/api/v1/rooms/{room_id}/start-cleaning', { ...at(one), body: {} })) },
    'mark-cleaned': { icon: Check, perform: (one) => data(api.POST('/api/v1/rooms/{room_id}/mark-cleaned', { ...at(one), body: {} })) },
    inspect: { icon: CheckCheck, perform: (one) => data(api.POST('/api/v1/rooms/{room_id}/inspect', { ...at(one), body: {} })) },
    'check-in': { icon: LogIn, isGrave: true, sure: who, fits: (one) => one.occupancy === 'vacant' && one.ready, perform: (one) => checkIn(one) },
    'check-in-anyway': { icon: LogIn, needs: ['room.override'], fields: [{ ...why, hint: `${who} ${t('override.hint')}` }], fits: (one) => one.occupancy === 'vacant' && !one.ready, perform: (one, given) => checkIn(one, said(given, 'reason')) },
    'check-out': { icon: LogOut, isGrave: true, fits: (one) => one.occupancy === 'occupied', perform: (one) => data(api.POST('/api/v1/rooms/{room_id}/check-out', { ...at(one), body: { mode: 'depart' } })) },
    'complete-maintenance': { icon: Wrench, perform: (one) => data(api.POST('/api/v1/rooms/{room_id}/complete-maintenance', { ...at(one), body: {} })) },
    'mark-maintenance': { icon: Wrench, perform: (one) => data(api.POST('/api/v1/rooms/{room_id}/mark-maintenance', { ...at(one), body: {} })) },
    dirty: { icon: CircleDashed, needs: ['room.clean', 'room.front_desk'], fits: (one) => one.condition !== 'dirty' && one.condition !== 'cleaning', perform: (one) => set(one, { condition: 'dirty' }) },
    pickup: { icon: Sparkles, needs: ['room.clean'], fits: (one) => uses('pickup', policies) && (one.condition === 'clean' || one.condition === 'inspected'), perform: (one) => set(one, { condition: 'pickup' }) },
    guest: {
      icon: Hourglass, needs: ['room.clean', 'room.front_desk'], fields: [{ name: 'guest_service', label: t('guest.title'), kind: 'select', required: true, options: GUEST.map((one) => [one, t(`guest.${one}`)] as const) }],
      perform: (one, given) => data(api.POST('/api/v1/rooms/{room_id}/guest-service', { ...at(one), body: { guest_service: given.guest_service as (typeof GUEST)[number] } })),
      undo: (one) => data(api.POST('/api/v1/rooms/{room_id}/guest-service', { ...at(one), body: { guest_service: one.guest_service } })),
    },
    queue: {
      icon: Hourglass, needs: ['room.front_desk'], fits: (one) => one.occupancy === 'vacant' && !one.queue, perform: (one) => data(api.POST('/api/v1/rooms/{room_id}/queue', { ...at(one), body: { queue: true } })),
      undo: (one) => data(api.POST('/api/v1/rooms/{room_id}/queue', { ...at(one), body: { queue: false } })),
    },
    unqueue: { icon: Hourglass, needs: ['room.front_desk'], fits: (one) => one.queue, perform: (one) => data(api.POST('/api/v1/rooms/{room_id}/queue', { ...at(one), body: { queue: false } })) },
    close: {
      icon: Ban, needs: ['window.manage'], fields: [
        { name: 'kind', label: t('shut.kind'), kind: 'select', required: true, options: (['out_of_order', 'out_of_service'] as const).map((one) => [one, t(`look.${one}`)] as const), hint: t('shut.hint') },
        { name: 'ends_at', label: t('shut.until'), kind: 'moment', required: true }, { name: 'remarks', label: t('reason'), required: true },
        { name: 'return_status', label: t('shut.return'), kind: 'select', required: true, initial: 'dirty', options: [['dirty', t('look.dirty')], ['unchanged', t('shut.unchanged')]] },
      ],
      fits: (one) => one.service === 'in_service',
      perform: (one, given) => data(api.POST('/api/v1/windows', { body: { ...given, room_id: one.id } as never })),
    },
    override: {
      icon: SlidersHorizontal, needs: ['room.override'], fields: [{ name: 'condition', label: t('override.to'), kind: 'select', required: true, options: CONDITIONS.filter((one) => uses(one, policies)).map((one) => [one, t(`look.${one}`)] as const) }, why],
      perform: (one, given) => set(one, { condition: given.condition as Condition, source: 'MANAGER_OVERRIDE', reason: said(given, 'reason') }),
    },
  } satisfies Record<string, RoomAction>
}

export function openActions(room: Room, actions: Record<string, RoomAction>, may: (permission: Permission) => boolean): string[] {
  return Object.entries(actions)
    .filter(([name, one]) => (one.needs ? one.needs.some(may) : room.allowed_actions.includes(name)) && (one.fits?.(room) ?? true))
    .map(([name]) => name)
}
/** As one types them on a room of the board. */
export const LETTERS: Record<string, string> = { s: 'start-cleaning', c: 'mark-cleaned', i: 'inspect', d: 'dirty', p: 'pickup' }
