/** A promise, made or changed: for which repairs, how fast, in which hours, and what is done when it breaks. */

import { useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { put } from '@/api/put'
import type { components } from '@/api/schema'
import { Chip } from '@/components/filters'
import { Form, type Field, type Given } from '@/components/form'
import { Popup, usePopup } from '@/components/popup'
import { say } from '@/components/toast'
import { dayName, DAYS, hoursOf, spanOf, type Span } from '@/features/sla/hours'
import { latin } from '@/lib/digits'
import { number } from '@/lib/i18n'
import { Problem, type Fault } from '@/lib/problem'

export type Policy = components['schemas']['SlaPolicyOut']
export type Trade = readonly [code: string, name: string]

type Body = components['schemas']['EscalationStepBody']
interface Step {
  id: string
  target: Body['target']
  after: string
  tells: string
  raises: boolean
  reassigns: boolean
}

const GRAVITY = ['low', 'medium', 'high', 'critical'] as const
const TARGETS = ['respond', 'resolve'] as const
const TOLD = ['maintenance_supervisor', 'housekeeping_supervisor', 'front_desk', 'venue_admin', 'executive_admin'] as const satisfies readonly Body['tells'][]
const MOST_STEPS = 10
const LABEL = 'flex min-w-0 flex-col gap-1 text-xs font-medium text-ink-2'

const stepOf = (one?: Policy['steps'][number]): Step => ({
  id: crypto.randomUUID(), target: one?.target === 'respond' ? 'respond' : 'resolve', after: String(one?.after_minutes ?? 0), tells: one?.tells ?? '', raises: one?.raises ?? false, reassigns: one?.reassigns ?? false,
})
const bodyOf = (one: Step): Body => ({ target: one.target, after_minutes: Number(one.after), tells: TOLD.find((role) => role === one.tells) ?? null, raises: one.raises, reassigns: one.reassigns })

/** What the server would refuse, in the reader's words. */
function wrong(given: Given, { begins, ends }: Span, steps: readonly Step[], t: TFunction): Fault[] {
  const promised = [given.respond_minutes, given.resolve_minutes].some((one) => one !== undefined && one !== null)
  return [
    ...(promised ? [] : [{ pointer: '/respond_minutes', message: t('sla.needsOne') }]),
    ...(begins && ends && ends <= begins ? [{ pointer: '/hours', message: t('sla.badHours') }] : []),
    ...steps.flatMap((one, at) => one.tells || one.raises || one.reassigns ? [] : [{ pointer: '/steps', message: t('sla.badStep', { shown: number(at + 1) }) }]),
  ]
}

interface Props {
  one: Policy | undefined
  title: string
  place: string
  trades: readonly Trade[]
  close: () => void
}

export function Editor({ one, title, place, trades, close }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [steps, setSteps] = useState<Step[]>(one?.steps.map(stepOf) ?? [])
  const [hours, setHours] = useState<Span>(spanOf(one?.hours[0]))
  const minutes = { kind: 'number', min: 1 } as const
  const fields: Field[] = [
    ...(one ? [] : [
      { name: 'category', label: t('sla.category'), kind: 'select', options: trades, unique: 'sla_policy_one', hint: t('sla.categoryHint') },
      { name: 'severity', label: t('sla.severity'), kind: 'select', options: GRAVITY.map((grave) => [grave, t(`severity.${grave}`)] as const), hint: t('sla.severityHint') },
    ] satisfies Field[]),
    { ...minutes, name: 'respond_minutes', label: t('sla.respondMinutes'), hint: t('sla.respondHint'), initial: one?.respond_minutes },
    { ...minutes, name: 'resolve_minutes', label: t('sla.resolveMinutes'), hint: t('sla.resolveHint'), initial: one?.resolve_minutes },
    { name: 'pauses', label: t('sla.pauses'), kind: 'check', initial: one?.pauses ?? true },
    { name: 'warn_percent', label: t('sla.warnPercent'), kind: 'number', min: 1, max: 99, required: true, hint: t('sla.warnHint'), initial: one?.warn_percent ?? 80 },
  ]
  const perform = async (given: Given): Promise<void> => {
    const errors = wrong(given, hours, steps, t)
    if (errors.length > 0) throw new Problem(422, { code: 'invalid', errors })
    const body = { ...given, hours: hoursOf(hours, one?.hours ?? []), steps: steps.map(bodyOf) }
    put(client, await data(one
      ? api.PATCH('/api/v1/sla/config/{policy_id}', { params: { path: { policy_id: one.id } }, body: { ...body, version: one.version } })
      : api.POST('/api/v1/sla/config', { body: { ...body, property_id: place } as never })))
    say(t('saved.done'))
    close()
  }
  return <Popup title={title} shape="wide" close={close}><Form fields={fields} go={t('save')} perform={perform} more={<><Clock hours={hours} set={setHours} /><Steps steps={steps} set={setSteps} /></>} /></Popup>
}

function Clock({ hours, set }: { hours: Span; set: (hours: Span) => void }) {
  const { t } = useTranslation()
  const popup = usePopup()
  const become = (part: Partial<Span>): void => {
    popup?.written(true)
    set({ ...hours, ...part })
  }
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 text-sm font-semibold">{t('sla.hours')}</legend>
      <p className="text-xs text-ink-3">{t('sla.hoursHint')}</p>
      <div className="flex flex-wrap gap-2">{DAYS.map((day) => <Chip key={day} on={hours.days.includes(day)} set={(on) => become({ days: on ? [...hours.days, day] : hours.days.filter((one) => one !== day) })}>{dayName(day)}</Chip>)}</div>
      <div className="grid grid-cols-2 gap-2">
        <label className={LABEL}>{t('sla.begins')}<input type="time" dir="ltr" className="field" value={hours.begins} onChange={(event) => become({ begins: event.target.value })} /></label>
        <label className={LABEL}>{t('sla.ends')}<input type="time" dir="ltr" className="field" value={hours.ends} onChange={(event) => become({ ends: event.target.value })} /></label>
      </div>
    </fieldset>
  )
}

function Steps({ steps, set }: { steps: readonly Step[]; set: (steps: Step[]) => void }) {
  const { t } = useTranslation()
  const popup = usePopup()
  const become = (next: Step[]): void => {
    popup?.written(true)
    set(next)
  }
  const change = (at: number, part: Partial<Step>): void => become(steps.map((one, index) => (index === at ? { ...one, ...part } : one)))
  const check = 'flex min-h-9 items-center gap-3 text-sm max-md:min-h-11'
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 text-sm font-semibold">{t('sla.steps')}</legend>
      <p className="text-xs text-ink-3">{t('sla.stepsText')}</p>
      {steps.map((one, at) => (
        <div key={one.id} className="flex flex-col gap-2 rounded-lg border border-line p-3">
          <div className="flex items-center"><span className="num flex-1 text-sm font-semibold text-ink-3">{number(at + 1)}</span><button type="button" className="btn btn-ghost btn-icon" aria-label={t('sla.drop', { shown: number(at + 1) })} onClick={() => become(steps.toSpliced(at, 1))}><Trash2 size={16} aria-hidden /></button></div>
          <div className="grid gap-2 md:grid-cols-3">
            <label className={LABEL}>{t('sla.target')}<select className="field" value={one.target} onChange={(event) => change(at, { target: event.target.value === 'respond' ? 'respond' : 'resolve' })}>{TARGETS.map((target) => <option key={target} value={target}>{t(`sla.${target}`)}</option>)}</select></label>
            <label className={LABEL}>{t('sla.afterMinutes')}<input required dir="ltr" inputMode="numeric" className="field" value={one.after} onChange={(event) => change(at, { after: latin(event.target.value).replaceAll(/\D/g, '') })} /></label>
            <label className={LABEL}>{t('sla.tells')}<select className="field" value={one.tells} onChange={(event) => change(at, { tells: event.target.value })}><option value="">–</option>{TOLD.map((role) => <option key={role} value={role}>{t(`role.${role}`)}</option>)}</select></label>
          </div>
          <label className={check}><input type="checkbox" className="size-5 accent-brand" checked={one.raises} onChange={(event) => change(at, { raises: event.target.checked })} />{t('sla.raisesLong')}</label>
          <label className={check}><input type="checkbox" className="size-5 accent-brand" checked={one.reassigns} onChange={(event) => change(at, { reassigns: event.target.checked })} />{t('sla.reassignsLong')}</label>
        </div>
      ))}
      {steps.length < MOST_STEPS && <button type="button" className="btn self-start" onClick={() => become([...steps, stepOf()])}><Plus size={16} aria-hidden />{t('sla.addStep')}</button>}
    </fieldset>
  )
}
