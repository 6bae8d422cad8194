/** Those who work here: how they sign in, what they may do in this hotel, and their end. */

import { useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { KeyRound, MailPlus, ShieldOff, UserCheck, UserX, Users } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { useFresh } from '@/api/fresh'
import { useHere, type Here } from '@/api/here'
import { MANY, type Staff as Person } from '@/api/queries'
import type { components } from '@/api/schema'
import { Badge, Person as Named } from '@/components/bits'
import { Choice } from '@/components/filters'
import type { Field, Given } from '@/components/form'
import { Invited, type Invitation } from '@/features/staff/invited'
import { Profile } from '@/features/staff/profile'
import type { Actions } from '@/frame/act'
import { CatalogueOf as catalogue, type Catalogue } from '@/frame/catalogue'
import { Problem } from '@/lib/problem'
import { useWanted } from '@/lib/wanted'

type Role = components['schemas']['Role']

const ROLES = ['venue_admin', 'housekeeping_supervisor', 'housekeeper', 'front_desk', 'maintenance_supervisor', 'technician', 'viewer'] as const satisfies readonly Role[]
const STATES = ['active', 'deactivated'] as const
const HOLDS = 'role.'
const at = (one: Person) => ({ params: { path: { staff_id: one.id } } })
const rolesIn = (one: Person, place: string): string[] => one.roles.filter(({ property_id: where }) => where === null || where === place).map(({ role }) => role)

/** Where a tick was changed: the roles of this hotel, beside those that the person has elsewhere. */
function held(one: Person, given: Given, place: string, t: TFunction): Given {
  const rest = Object.fromEntries(Object.entries(given).filter(([name]) => !name.startsWith(HOLDS)))
  if (Object.keys(rest).length === Object.keys(given).length) return rest
  const known: readonly string[] = ROLES
  const kept = one.roles.filter((other) => other.property_id !== place || !known.includes(other.role))
  const had = new Set(one.roles.filter((other) => other.property_id === place).map(({ role }) => role))
  const roles = [...kept, ...ROLES.filter((role) => given[HOLDS + role] ?? had.has(role)).map((role) => ({ role, property_id: place }))]
  if (roles.length === 0) throw new Problem(422, { code: 'invalid', errors: [{ pointer: '/roles', message: t('staff.noRole') }] }) // nobody would find them any more
  return { ...rest, roles }
}

interface Around {
  t: TFunction
  here: Here | undefined
  wanted: { role?: string; state?: string }
  want: (change: { role?: string; state?: string }) => void
  invite: (found: Invitation) => void
  drop: () => void
}

const actionsOf = ({ invite, drop }: Around): Actions<Person> => ({
  invitation: { icon: MailPlus, perform: async (one) => invite(await data(api.POST('/api/v1/staff/{staff_id}/invitation', at(one)))) },
  reset: { icon: ShieldOff, isGrave: true, perform: (one) => data(api.POST('/api/v1/staff/{staff_id}/reset-second-factor', at(one))) },
  activate: { icon: UserCheck, perform: async (one) => { const next = await data(api.POST('/api/v1/staff/{staff_id}/activate', at(one))); drop(); return next } },
  deactivate: { icon: UserX, isGrave: true, perform: async (one) => { const next = await data(api.POST('/api/v1/staff/{staff_id}/deactivate', at(one))); drop(); return next } },
})

function fieldsOf(t: TFunction, place: string, one: Person | undefined): Field[] {
  const roles = one && new Set(one.roles.filter((other) => other.property_id === place).map((other) => other.role))
  return [
    { name: 'name', label: t('staff.name'), required: true, initial: one?.name },
    { name: 'login', label: t('staff.login'), ltr: true, required: true, unique: 'staff_login', hint: t('staff.loginHint'), initial: one?.login },
    { name: 'email', label: t('staff.email'), kind: 'email', initial: one?.email },
    { name: 'password', label: t('staff.password'), kind: 'password', least: 12, autoComplete: 'new-password', hint: one ? t('staff.passwordNew') : t('staff.passwordHint') },
    ...(roles
      ? ROLES.map((role): Field => ({ name: HOLDS + role, label: t(`role.${role}`), kind: 'check', initial: roles.has(role) }))
      : [{ name: 'role', label: t('staff.role'), kind: 'select', required: true, options: ROLES.map((role) => [role, t(`role.${role}`)] as const) } satisfies Field]),
  ]
}

function kindOf(around: Around): Catalogue<Person> {
  const { t, here, wanted, want } = around
  const place = here?.id ?? ''
  const role = ROLES.find((one) => one === wanted.role)
  const state = STATES.find((one) => one === wanted.state)
  const roles = (one: Person): string => [...new Set(rolesIn(one, place))].map((name) => t(`role.${name}`)).join(', ')
  return {
    words: 'staff', icon: Users, key: ['staff', place, 'list', role, state], manage: 'staff.manage',
    ask: (cursor, signal) => data(api.GET('/api/v1/staff', { params: { query: { property_id: place, role, state, limit: MANY, cursor } }, signal })),
    single: (id, signal) => data(api.GET('/api/v1/staff/{staff_id}', { params: { path: { staff_id: id } }, signal })),
    name: (one) => one.name,
    find: (one) => `${one.login} ${one.email ?? ''} ${roles(one)}`,
    columns: [
      { name: t('staff.name'), show: (one) => <Named name={one.name} /> },
      { name: t('staff.login'), show: (one) => <span dir="ltr">{one.login}</span> },
      { name: t('staff.roles'), show: roles },
      { name: t('staff.state'), show: (one) => <Badge look={one.state === 'active' ? 'inspected' : 'out_of_service'}>{t(`staff.states.${one.state}`)}</Badge> },
    ],
    fields: (one) => fieldsOf(t, place, one),
    make: ({ role: first, ...given }) => data(api.POST('/api/v1/staff', { body: { ...given, roles: [{ role: first, property_id: place }] } as never })),
    change: async (one, given) => data(api.PATCH('/api/v1/staff/{staff_id}', { ...at(one), body: { ...held(one, given, place, t), version: one.version } as never })),
    actions: actionsOf(around),
    names: (one) => !one.allowed_actions.includes('update') ? [] : one.state === 'active' ? ['invitation', 'reset', ...one.allowed_actions.filter((name) => name === 'deactivate')] : ['activate'],
    filters: (
      <>
        <Choice name={t('staff.role')} value={role} options={ROLES.map((one) => [one, t(`role.${one}`)])} set={(next) => want({ role: next })} />
        <Choice name={t('staff.state')} value={state} options={STATES.map((one) => [one, t(`staff.states.${one}`)])} set={(next) => want({ state: next })} />
      </>
    ),
    isFiltered: Boolean(role ?? state),
    inside: (one) => <Profile one={one} zone={here?.zone ?? 'UTC'} />,
  }
}

export function Staff() {
  const { t } = useTranslation()
  const here = useHere()
  const client = useQueryClient()
  const [wanted, want] = useWanted<{ role?: string; state?: string }>()
  const [invitation, setInvitation] = useState<Invitation | null>(null)
  useFresh(['staff.member.', 'staff.profile.'], ['staff'])
  const drop = (): void => void client.invalidateQueries({ queryKey: ['staff'] })
  const page = catalogue(kindOf({ t, here, wanted, want, invite: setInvitation, drop }))
  return <>{page}{invitation && <Invited of={invitation} zone={here?.zone ?? 'UTC'} icon={KeyRound} close={() => setInvitation(null)} />}</>
}
