/** Checklists: what has to be looked at in a task of a kind, before it is done. */

import { useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { ClipboardList, Pencil, Power, PowerOff } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { useFresh } from '@/api/fresh'
import { useHere, type Here } from '@/api/here'
import { useMay } from '@/api/people'
import { put } from '@/api/put'
import { TASK_TYPES, MANY } from '@/api/queries'
import type { components } from '@/api/schema'
import { Badge } from '@/components/bits'
import { Choice } from '@/components/filters'
import { changed, Form, stood, type Field, type Given } from '@/components/form'
import { Part } from '@/components/page'
import { Popup } from '@/components/popup'
import { say } from '@/components/toast'
import { itemOf, Items, rowOf, type Row } from '@/features/checklists/items'
import { useAct, type Actions } from '@/frame/act'
import { CatalogueOf as catalogue, type Catalogue } from '@/frame/catalogue'
import { number } from '@/lib/i18n'
import { Problem } from '@/lib/problem'
import { useWanted } from '@/lib/wanted'

type Template = components['schemas']['TemplateOut']
const at = (one: Template) => ({ params: { path: { template_id: one.id } } })
const turn = (active: boolean) => (one: Template) => data(api.PATCH('/api/v1/checklists/{template_id}', { ...at(one), body: { active, version: one.version } }))

function Editor({ one: now, place, close }: { one: Template | undefined; place: string; close: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [one] = useState(now) // as it stands in the form; the list's own may be newer by now
  const [rows, setRows] = useState<Row[]>(one ? one.items.map(rowOf) : [rowOf()])
  const fields: Field[] = [
    { name: 'name', label: t('checklists.name'), required: true, initial: one?.name },
    ...(one ? [] : [{ name: 'task_type', label: t('checklists.task'), kind: 'select', required: true, unique: 'checklist_one_active', options: TASK_TYPES.map((task) => [task, t(`task.${task}`)] as const) } satisfies Field]),
  ]
  const perform = async (given: Given): Promise<void> => {
    const items = rows.map((row, index) => itemOf(row, rows.slice(0, index)))
    const odd = items.filter(({ low, high }) => Number.isNaN(low) || Number.isNaN(high) || (typeof low === 'number' && typeof high === 'number' && high < low))
    const errors = odd.map(({ label }) => ({ pointer: '/items', message: t('checklists.odd', { label }) }))
    if (errors.length > 0) throw new Problem(422, { code: 'invalid', errors })
    put(client, await data(one
      ? api.PATCH('/api/v1/checklists/{template_id}', { ...at(one), body: { ...changed(given, stood(fields)), items, version: one.version } })
      : api.POST('/api/v1/checklists', { body: { ...given, items, property_id: place } as never })))
    await client.invalidateQueries({ queryKey: ['checklists'] })
    say(t('saved.done'))
    close()
  }
  return <Popup title={one?.name ?? t('checklists.make')} shape="wide" close={close}><Form fields={fields} go={t('save')} perform={perform} more={<Items rows={rows} set={setRows} />} /></Popup>
}

interface Around {
  t: TFunction
  here: Here | undefined
  wanted: { task?: string; active?: string }
  want: (change: { task?: string; active?: string }) => void
  begin: (() => void) | undefined
}

function kindOf({ t, here, wanted, want, begin }: Around): Catalogue<Template> {
  const place = here?.id ?? ''
  const task = TASK_TYPES.find((one) => one === wanted.task)
  return {
    words: 'checklists', icon: ClipboardList, key: ['checklists', 'list', place, task, wanted.active], manage: 'checklist.manage',
    ask: (cursor, signal) => data(api.GET('/api/v1/checklists', { params: { query: { property_id: place, task_type: task, limit: MANY, cursor, ...(wanted.active && { active: wanted.active === 'yes' }) } }, signal })),
    single: (id, signal) => data(api.GET('/api/v1/checklists/{template_id}', { params: { path: { template_id: id } }, signal })),
    name: (one) => one.name,
    columns: [
      { name: t('checklists.name'), show: (one) => <bdi>{one.name}</bdi> },
      { name: t('checklists.task'), show: (one) => t(`task.${one.task_type}`, { defaultValue: one.task_type }) },
      { name: t('checklists.items'), show: (one) => t('checklists.count', { count: one.items.length, shown: number(one.items.length) }) },
      { name: t('checklists.state'), show: (one) => <Badge look={one.active ? 'inspected' : 'out_of_service'}>{one.active ? t('checklists.on') : t('checklists.off')}</Badge> },
    ],
    fields: () => [],
    filters: (
      <>
        <Choice name={t('checklists.task')} value={task} options={TASK_TYPES.map((one) => [one, t(`task.${one}`)])} set={(next) => want({ task: next })} />
        <Choice name={t('checklists.state')} value={wanted.active} options={[['yes', t('checklists.on')], ['no', t('checklists.off')]]} set={(active) => want({ active })} />
      </>
    ),
    isFiltered: Boolean(task ?? wanted.active),
    begin,
    inside: (one) => <Inside one={one} zone={here?.zone ?? 'UTC'} />,
  }
}

export function Checklists() {
  const { t } = useTranslation()
  const here = useHere()
  const may = useMay()
  const [wanted, want] = useWanted<{ task?: string; active?: string; new?: string }>()
  useFresh(['housekeeping.checklist.'], ['checklists'])
  const makes = may('checklist.manage')
  const page = catalogue(kindOf({ t, here, wanted, want, begin: makes ? () => want({ new: 'yes' }) : undefined }))
  return <>{page}{makes && wanted.new && <Editor one={undefined} place={here?.id ?? ''} close={() => want({ new: undefined })} />}</>
}

function Inside({ one, zone }: { one: Template; zone: string }) {
  const { t } = useTranslation()
  const [isEdited, setEdited] = useState(false)
  const actions: Actions<Template> = {
    on: { icon: Power, perform: turn(true), undo: (before) => turn(false)({ ...before, version: before.version + 1 }) },
    off: { icon: PowerOff, perform: turn(false), undo: (before) => turn(true)({ ...before, version: before.version + 1 }) },
  }
  const label = (name: string): string => t(`checklists.act.${name}`)
  const { begin, asks, isBusy } = useAct(actions, label, zone, [['checklists']])
  const next = one.active ? 'off' : 'on'
  return (
    <>
      <Part title={t('checklists.items')}>
        <ol className="flex flex-col gap-2 text-sm">
          {one.items.map((item, index) => (
            <li key={item.key} className="flex gap-3">
              <span className="num w-5 shrink-0 text-end text-ink-3">{number(index + 1)}</span>
              <span className="min-w-0"><span className="block break-words font-medium" dir="auto">{item.label}</span><span className="text-xs text-ink-3">{t(`checklists.kinds.${item.kind}`)}{item.low !== null && <> · {t('checklists.from', { shown: number(item.low) })}</>}{item.high !== null && <> · {t('checklists.to', { shown: number(item.high) })}</>}{item.unit && <> <bdi>{item.unit}</bdi></>}{item.choices.length > 0 && <> · <bdi>{item.choices.join(' / ')}</bdi></>}{!item.required && <> · {t('form.optional')}</>}</span></span>
            </li>
          ))}
        </ol>
      </Part>
      {one.allowed_actions.includes('update') && (
        <div className="flex flex-wrap gap-2">
          <button type="button" className="btn" onClick={() => setEdited(true)}><Pencil size={16} aria-hidden />{t('edit')}</button>
          <button type="button" className="btn" disabled={isBusy} onClick={() => begin(next, one)}>{one.active ? <PowerOff size={16} aria-hidden /> : <Power size={16} aria-hidden />}{label(next)}</button>
        </div>
      )}
      {asks}
      {isEdited && <Editor one={one} place={one.property_id} close={() => setEdited(false)} />}
    </>
  )
}
