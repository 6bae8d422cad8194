/** What belongs to a work order: who reported it, its steps, what is said about it, its promises, its history. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Plus, Send, X } from 'lucide-react'
import { useState, type FormEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { useMay, usePeople } from '@/api/people'
import { put } from '@/api/put'
import type { WorkOrder } from '@/api/queries'
import { useTrades } from '@/api/trades'
import { Became } from '@/components/bits'
import { Part } from '@/components/page'
import { say } from '@/components/toast'
import { history, notes, order, sla, vendors } from '@/features/work-orders/ask'
import { PhotoPick, Photos, upload } from '@/frame/photos'
import { moment, span } from '@/lib/i18n'
import { retold } from '@/lib/stored'
import { typed } from '@/lib/ids'
import { reason } from '@/lib/words'
import type { Photo } from '@/offline/outbox'

const SHORT = { dateStyle: 'medium', timeStyle: 'short' } as const
export const Box = ({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) => <div className="card p-5"><Part level={2} title={title} aside={aside}>{children}</Part></div>

/** Does it, puts what came back where it is shown, says what went wrong. */
export function useDo(one: WorkOrder) {
  const { t } = useTranslation()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (run: () => Promise<unknown>) => run(),
    onSuccess: (next) => put(client, next),
    onError: (error) => say(reason(error, t), true),
    onSettled: () => client.invalidateQueries({ queryKey: ['order', one.id] }),
  })
}

const at = (one: WorkOrder) => ({ params: { path: { order_id: one.id } } })

export function Reports({ one, zone }: { one: WorkOrder; zone: string }) {
  const { t } = useTranslation()
  const act = useDo(one)
  const may = useMay()
  const client = useQueryClient()
  /** Until they are there: what could not be sent is sent again by a key. */
  const [photos, setPhotos] = useState<readonly Photo[]>([])
  const attach = (some: readonly Photo[]): void => act.mutate(async () => {
    const ids = await upload(one.property_id, some)
    await data(api.POST('/api/v1/maintenance/work-orders/{order_id}/attachments', { ...at(one), body: { file_ids: ids } }))
    setPhotos([])
    await client.invalidateQueries({ queryKey: ['files', one.id] })
  })
  const pick = (next: readonly Photo[]): void => {
    setPhotos(next)
    if (next.length > photos.length) attach(next)
  }
  return (
    <Box title={t('order.reports')}>
      <ul className="mb-3 flex flex-col gap-2 text-sm">
        {one.reports.map((said) => <li key={said.at + said.by}><p className="text-xs text-ink-3"><bdi>{said.by}</bdi> · {t(`origin.${said.origin}`)} · {moment(said.at, { ...SHORT, timeZone: zone })}</p>{said.text && <p dir="auto" className="mt-0.5">{said.text}</p>}</li>)}
      </ul>
      <div className="flex flex-wrap gap-2"><Photos of={one.id} />{may('workorder.create') && <PhotoPick photos={photos} set={pick} />}{photos.length > 0 && <button type="button" disabled={act.isPending} className="btn self-end" onClick={() => attach(photos)}>{t('report.send')}</button>}</div>
    </Box>
  )
}

export function Steps({ one }: { one: WorkOrder }) {
  const { t } = useTranslation()
  const act = useDo(one)
  const mayAdd = one.allowed_actions.includes('update')
  const [isAdding, setAdding] = useState(false)
  const tick = (id: string, done: boolean): void => act.mutate(() => data(api.PATCH('/api/v1/maintenance/work-orders/{order_id}/steps/{step_id}', { params: { path: { order_id: one.id, step_id: id } }, body: { done } })))
  const drop = (id: string): void => act.mutate(() => data(api.DELETE('/api/v1/maintenance/work-orders/{order_id}/steps/{step_id}', { params: { path: { order_id: one.id, step_id: id } } })))
  const add = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = event.currentTarget
    const titles = new FormData(form).get('title')?.toString().split('\n').map((line) => line.trim()).filter(Boolean) ?? []
    if (titles.length > 0) act.mutate(async () => { const next = await data(api.POST('/api/v1/maintenance/work-orders/{order_id}/steps', { ...at(one), body: { titles } })); form.reset(); return next })
  }
  if (one.steps.length === 0 && !mayAdd) return null
  return (
    <Box title={t('order.steps')} aside={mayAdd && <button type="button" className="btn btn-ghost" onClick={() => setAdding(!isAdding)}><Plus size={15} aria-hidden />{t('order.addStep')}</button>}>
      <ul className="flex flex-col">
        {one.steps.map((step) => (
          <li key={step.id} className="flex items-center gap-2">
            <label className="flex min-h-11 flex-1 items-center gap-3 text-sm"><input type="checkbox" className="size-5 shrink-0 accent-brand" checked={step.done_at !== null} onChange={(change) => tick(step.id, change.target.checked)} /><span dir="auto" className={step.done_at ? 'text-ink-3 line-through' : ''}>{step.title}</span></label>
            {mayAdd && !step.done_at && <button type="button" className="btn btn-ghost btn-icon" aria-label={t('order.dropStep', { title: step.title })} onClick={() => drop(step.id)}><X size={15} aria-hidden /></button>}
          </li>
        ))}
      </ul>
      {one.steps.length === 0 && !isAdding && <p className="text-sm text-ink-3">{t('order.noSteps')}</p>}
      {isAdding && <form onSubmit={add} className="mt-2 flex gap-2"><input name="title" required dir="auto" aria-label={t('order.addStep')} placeholder={t('order.addStep')} className="field" /><button type="submit" disabled={act.isPending} className="btn btn-primary">{t('add')}</button></form>}
    </Box>
  )
}

export function Notes({ one, zone }: { one: WorkOrder; zone: string }) {
  const { t } = useTranslation()
  const act = useDo(one)
  const may = useMay()
  const { data: said = [] } = useQuery(notes(one.id))
  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = event.currentTarget
    const text = new FormData(form).get('text')?.toString().trim()
    if (text) act.mutate(async () => { const next = await data(api.POST('/api/v1/maintenance/work-orders/{order_id}/notes', { ...at(one), body: { text } })); form.reset(); return next })
  }
  return (
    <Box title={t('order.notes')}>
      <ul className="mb-3 flex flex-col gap-3 text-sm">{said.toSorted((a, b) => a.at.localeCompare(b.at)).map((note) => <li key={note.id} className="rounded-lg bg-sunken px-3 py-2"><p className="text-xs text-ink-3"><bdi>{note.by}</bdi> · {moment(note.at, { ...SHORT, timeZone: zone })}</p><p dir="auto" className="mt-0.5 whitespace-pre-wrap break-words">{note.text}</p></li>)}</ul>
      {may('workorder.create') && <form onSubmit={send} className="flex gap-2"><input name="text" required dir="auto" autoComplete="off" aria-label={t('order.note')} placeholder={t('order.note')} className="field" /><button type="submit" disabled={act.isPending} className="btn btn-primary btn-icon shrink-0" aria-label={t('order.send')}><Send size={17} className="rtl:-scale-x-100" aria-hidden /></button></form>}
    </Box>
  )
}

export function Sla({ one, zone }: { one: WorkOrder; zone: string }) {
  const { t } = useTranslation()
  const { data: found } = useQuery(sla(one.id))
  if (!found?.policy_id) return null
  return (
    <section className="card p-5">
      <Part level={2} title={t('sla.title')}>
        <dl className="flex flex-col gap-3 text-sm">
          {(['respond', 'resolve'] as const).map((name) => {
            const target = found[name]
            return target.minutes !== null && (
              <div key={name}>
                <dt className="flex justify-between gap-2"><span>{t(`due.${name}Word`)}</span><span className="font-medium">{t(`standing.${target.standing}`)}</span></dt>
                <dd className="num text-xs text-ink-3">{span(target.minutes)}{target.due_at && ` · ${moment(target.due_at, { ...SHORT, timeZone: zone })}`}</dd>
                {target.lines.some((line) => !line.counts) && <dd className="mt-1 text-xs text-ink-3">{target.lines.filter((line) => !line.counts).map((line) => `${line.why ?? ''} ${span(line.minutes)}`).join(' · ')}</dd>}
              </div>
            )
          })}
        </dl>
      </Part>
    </section>
  )
}

export function Links({ one }: { one: WorkOrder }) {
  const { t } = useTranslation()
  const act = useDo(one)
  if (one.links.length === 0) return null
  const drop = (id: string): void => act.mutate(() => data(api.DELETE('/api/v1/maintenance/work-orders/{order_id}/links/{other_id}', { params: { path: { order_id: one.id, other_id: id } } })))
  return (
    <section className="card p-5">
      <Part level={2} title={t('order.links')}>
        <ul className="flex flex-col gap-1">{one.links.map((link) => <li key={link.order_id} className="flex items-center gap-2 text-sm"><span className="text-ink-3">{t(`link.${link.kind}`)}</span><Other id={link.order_id} />{link.kind !== 'duplicate' && one.allowed_actions.includes('update') && <button type="button" className="btn btn-ghost btn-icon ms-auto" aria-label={t('order.unlink')} onClick={() => drop(link.order_id)}><X size={15} aria-hidden /></button>}</li>)}</ul>
      </Part>
    </section>
  )
}

function Other({ id }: { id: string }) {
  const { data: one } = useQuery(order(id))
  const { t } = useTranslation()
  return <Link to="/work-orders/$id" params={{ id }} className="min-w-0 truncate font-medium underline" dir="auto">{one ? `#${one.number} ${retold(one.title, t)}` : '…'}</Link>
}

/** What of a change is told, and how; all else is the machine's own. */
const TOLD = {
  assignee_id: 'task.who', vendor_id: 'order.vendor', severity: 'order.severity', category: 'order.category', title: 'order.title',
  description: 'order.description', blocked_reason: 'reason', reason: 'reason', cause: 'order.cause', remedy: 'order.remedy',
} as const

export function History({ one, zone }: { one: WorkOrder; zone: string }) {
  const { t } = useTranslation()
  const people = usePeople()
  const { data: all = [] } = useQuery(history(one.id))
  const trades = useTrades()
  const { data: firms = [] } = useQuery({ ...vendors(), enabled: useMay()('vendor.read') && all.some((entry) => 'vendor_id' in entry.changes) })
  const written = (name: string, value: unknown): string => {
    const text = typeof value === 'string' ? value : ''
    if (!text) return '–'
    if (name === 'assignee_id') return people.name(typed('stf', text))
    if (name === 'vendor_id') return firms.find((firm) => firm.id === typed('vnd', text))?.name ?? '…'
    if (name === 'severity') return t(`severity.${text}`)
    return name === 'category' ? trades.name(text) : retold(text, t)
  }
  return (
    <Box title={t('history')}>
      <ol className="flex flex-col gap-2 text-sm">
        {all.map((entry) => {
          const changes = entry.changes as Record<string, { before: unknown; after: unknown } | undefined>
          const told = Object.entries(TOLD).flatMap(([name, label]) => (changes[name] && !changes.number ? [[name, label, changes[name]] as const] : []))
          if (!changes.state && told.length === 0) return null
          return (
            <li key={entry.id} className="border-s-2 border-line ps-3">
              <p className="text-xs text-ink-3"><bdi>{entry.actor}</bdi> · {moment(entry.at, { ...SHORT, timeZone: zone })}</p>
              {changes.state && <p className="font-medium">{t(`orderState.${String(changes.state.after)}`)}</p>}
              {told.map(([name, label, { before, after }]) => (
                <p key={name} className="break-words text-xs text-ink-2">
                  {t(label)}: {before ? <><bdi>{written(name, before)}</bdi><Became /></> : null}<bdi>{written(name, after)}</bdi>
                </p>
              ))}
            </li>
          )
        })}
      </ol>
    </Box>
  )
}
