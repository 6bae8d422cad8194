/** How fast repairs are promised, and who hears of it when a promise is about to break. */

import { useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { Pencil, Timer, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { useFresh } from '@/api/fresh'
import { useHere, type Here } from '@/api/here'
import { useMay } from '@/api/people'
import { MANY } from '@/api/queries'
import { useTrades } from '@/api/trades'
import { Severity } from '@/components/bits'
import { Choice } from '@/components/filters'
import { Facts, Part } from '@/components/page'
import { Editor, type Policy, type Trade } from '@/features/sla/editor'
import { hoursText } from '@/features/sla/hours'
import { useAct, type Actions } from '@/frame/act'
import { CatalogueOf as catalogue, type Catalogue } from '@/frame/catalogue'
import { number, percent, span } from '@/lib/i18n'
import { useWanted } from '@/lib/wanted'

const GRAVITY = ['low', 'medium', 'high', 'critical'] as const
const grave = (text: string | null) => GRAVITY.find((one) => one === text)

const turn = (active: boolean) => (one: Policy) => data(api.PATCH('/api/v1/sla/config/{policy_id}', { params: { path: { policy_id: one.id } }, body: { active, version: one.version } }))

interface Around {
  t: TFunction
  here: Here | undefined
  trade: (code: string | null) => string
  wanted: { severity?: string }
  want: (change: { severity?: string }) => void
  begin: (() => void) | undefined
  edit: (one: Policy) => void
}

function kindOf({ t, here, trade, wanted, want, begin, edit }: Around): Catalogue<Policy> {
  const minutes = (value: number | null): string => (value === null ? '–' : span(value))
  const wants = grave(wanted.severity ?? null)
  return {
    words: 'sla', icon: Timer, key: ['sla', 'list', here?.id, wants], manage: 'sla.manage',
    ask: async (cursor, signal) => {
      const page = await data(api.GET('/api/v1/sla/config', { params: { query: { limit: MANY, cursor } }, signal }))
      return { ...page, items: page.items.filter((one) => (one.property_id === null || one.property_id === here?.id) && (!wants || one.severity === wants)) }
    },
    name: (one) => trade(one.category),
    columns: [
      { name: t('sla.category'), show: (one) => <bdi>{trade(one.category)}</bdi> },
      { name: t('sla.severity'), show: (one) => { const found = grave(one.severity); return found ? <Severity of={found} /> : t('sla.anySeverity') } },
      { name: t('sla.respond'), isFigure: true, show: (one) => <><span className="hidden [li_&]:inline">{t('sla.respond')}: </span>{minutes(one.respond_minutes)}</> },
      { name: t('sla.resolve'), isFigure: true, show: (one) => <><span className="hidden [li_&]:inline">{t('sla.resolve')}: </span>{minutes(one.resolve_minutes)}</> },
      { name: t('sla.hours'), show: (one) => hoursText(one.hours, t) },
    ],
    fields: () => [],
    filters: <Choice name={t('sla.severity')} value={wants} options={GRAVITY.map((one) => [one, t(`severity.${one}`)])} set={(severity) => want({ severity })} />,
    isFiltered: wants !== undefined,
    begin,
    inside: (one) => <Inside one={one} zone={here?.zone ?? 'UTC'} edit={() => edit(one)} />,
  }
}

export function Sla() {
  const { t } = useTranslation()
  const here = useHere()
  const may = useMay()
  const client = useQueryClient()
  const [wanted, want] = useWanted<{ severity?: string; new?: string }>()
  const [edited, setEdited] = useState<Policy | null>(null)
  useFresh(['maintenance.sla_policy.'], ['sla'])
  const { all, name } = useTrades(may('workorder.read'))
  const trades = all.map((one): Trade => [one.code, name(one.code)])
  const trade = (code: string | null): string => (code === null ? t('sla.anyCategory') : name(code))
  const makes = may('sla.manage')
  const page = catalogue(kindOf({ t, here, trade, wanted, want, begin: makes ? () => want({ new: 'yes' }) : undefined, edit: setEdited }))
  const close = (): void => {
    want({ new: undefined })
    setEdited(null)
    void client.invalidateQueries({ queryKey: ['sla'] })
  }
  return <>{page}{makes && (wanted.new ?? edited) && <Editor one={edited ?? undefined} title={edited ? trade(edited.category) : t('sla.make')} place={here?.id ?? ''} trades={trades} close={close} />}</>
}

function Inside({ one, zone, edit }: { one: Policy; zone: string; edit: () => void }) {
  const { t } = useTranslation()
  const actions: Actions<Policy> = {
    off: { icon: Trash2, isGrave: true, perform: turn(false), undo: (before) => turn(true)({ ...before, version: before.version + 1 }) },
  }
  const label = (name: string): string => t(`sla.act.${name}`)
  const { begin, asks, isBusy } = useAct(actions, label, zone, [['sla']])
  return (
    <>
      <Facts rows={[[t('sla.pauses'), one.pauses ? t('sla.yes') : t('sla.no')], [t('sla.warn'), percent(one.warn_percent / 100)]]} />
      {one.property_id === null && <p className="rounded-lg bg-sunken px-3 py-2 text-sm text-ink-2">{t('sla.shared')}</p>}
      <Part title={t('sla.steps')}>
        {one.steps.length === 0 && <p className="text-sm text-ink-3">{t('sla.noSteps')}</p>}
        <ol className="flex flex-col gap-2 text-sm">
          {one.steps.map((step, at) => (
            <li key={`${step.target} ${step.after_minutes}`} className="flex gap-3"><span className="num w-5 shrink-0 text-end text-ink-3">{number(at + 1)}</span><span className="min-w-0">{t(`sla.after.${step.target}`, { span: span(step.after_minutes) })}: {[step.tells && t('sla.tell', { who: t(`role.${step.tells}`) }), step.raises && t('sla.raises'), step.reassigns && t('sla.reassigns')].filter(Boolean).join(', ')}</span></li>
          ))}
        </ol>
      </Part>
      {one.allowed_actions.includes('update') && (
        <div className="flex flex-wrap gap-2">
          <button type="button" className="btn" onClick={edit}><Pencil size={16} aria-hidden />{t('edit')}</button>
          <button type="button" className="btn text-bad" disabled={isBusy} onClick={() => begin('off', one)}><Trash2 size={16} aria-hidden />{label('off')}</button>
        </div>
      )}
      {asks}
    </>
  )
}
