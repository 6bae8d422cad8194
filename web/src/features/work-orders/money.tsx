/** What a work order took: hours, parts, money. */

import { useQuery } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { useHere } from '@/api/here'
import { useMay } from '@/api/people'
import type { WorkOrder } from '@/api/queries'
import { Form } from '@/components/form'
import { Popup } from '@/components/popup'
import { costs, parts, times, used, vendors } from '@/features/work-orders/ask'
import { Box, useDo } from '@/features/work-orders/parts'
import { moment, money, number, span } from '@/lib/i18n'
import { groups } from '@/lib/sort'
import { unitName } from '@/lib/units'

const at = (one: WorkOrder) => ({ params: { path: { order_id: one.id } } })
const canWork = (one: WorkOrder): boolean => ['start', 'block', 'unblock', 'resolve'].some((name) => one.allowed_actions.includes(name))

export function Times({ one, zone, name }: { one: WorkOrder; zone: string; name: (id: string) => string }) {
  const { t } = useTranslation()
  const act = useDo(one)
  const { data: all = [] } = useQuery(times(one.id))
  const [isOpen, setOpen] = useState(false)
  if (all.length === 0 && !canWork(one)) return null
  return (
    <Box title={t('order.time')} aside={canWork(one) && <button type="button" className="btn btn-ghost" onClick={() => setOpen(true)}><Plus size={15} aria-hidden />{t('add')}</button>}>
      <ul className="flex flex-col gap-1 text-sm">
        {all.filter((entry) => !entry.voided_at).map((entry) => (
          <li key={entry.id} className="flex items-center gap-3"><bdi className="min-w-0 flex-1 truncate">{name(entry.staff_id)}</bdi><span className="text-xs text-ink-3">{moment(entry.worked_at, { day: 'numeric', month: 'short', timeZone: zone })}</span><span className="num font-medium">{span(entry.minutes)}</span>
            {canWork(one) && <button type="button" className="btn btn-ghost btn-icon" aria-label={t('order.dropTime')} onClick={() => act.mutate(() => data(api.DELETE('/api/v1/maintenance/work-orders/{order_id}/time-entries/{entry_id}', { params: { path: { order_id: one.id, entry_id: entry.id } } })))}><X size={15} aria-hidden /></button>}</li>
        ))}
      </ul>
      {all.length === 0 && <p className="text-sm text-ink-3">{t('order.noTime')}</p>}
      {isOpen && (
        <Popup title={t('order.time')} close={() => setOpen(false)}>
          <Form zone={zone} go={t('add')} fields={[{ name: 'minutes', label: t('order.labour'), kind: 'number', required: true, min: 1, max: 1440 }, { name: 'note', label: t('task.note') }]} perform={async (given) => { await act.mutateAsync(() => data(api.POST('/api/v1/maintenance/work-orders/{order_id}/time-entries', { ...at(one), body: given as never }))); setOpen(false) }} />
        </Popup>
      )}
    </Box>
  )
}

export function Parts({ one }: { one: WorkOrder }) {
  const { t } = useTranslation()
  const act = useDo(one)
  const here = useHere()
  const { data: all = [] } = useQuery(used(one.id))
  const [isOpen, setOpen] = useState(false)
  const { data: stock = [] } = useQuery({ ...parts(here?.id ?? ''), enabled: isOpen && here !== undefined })
  if (all.length === 0 && !canWork(one)) return null
  return (
    <Box title={t('parts.title')} aside={canWork(one) && <button type="button" className="btn btn-ghost" onClick={() => setOpen(true)}><Plus size={15} aria-hidden />{t('order.usePart')}</button>}>
      <ul className="flex flex-col gap-1 text-sm">
        {all.filter((line) => !line.struck_at).map((line) => (
          <li key={line.id} className="flex items-center gap-3"><span className="min-w-0 flex-1 truncate"><bdi>{line.name}</bdi> <span className="text-xs text-ink-3" dir="ltr">{line.part_number}</span></span><span className="num">{number(Number(line.quantity))} <bdi>{unitName(line.unit, t)}</bdi></span>{canWork(one) && <button type="button" className="btn btn-ghost btn-icon" aria-label={t('order.dropPart', { name: line.name })} onClick={() => act.mutate(() => data(api.DELETE('/api/v1/maintenance/work-orders/{order_id}/parts-usage/{usage_id}', { params: { path: { order_id: one.id, usage_id: line.id } } })))}><X size={15} aria-hidden /></button>}</li>
        ))}
      </ul>
      {all.length === 0 && <p className="text-sm text-ink-3">{t('order.noParts')}</p>}
      {isOpen && (
        <Popup title={t('order.usePart')} close={() => setOpen(false)}>
          <Form go={t('order.usePart')} fields={[
            { name: 'part_id', label: t('parts.one'), kind: 'select', required: true, options: stock.map((part) => [part.id, `${part.name} · ${number(Number(part.available))} ${unitName(part.unit, t)}`] as const) },
            { name: 'quantity', label: t('order.quantity'), kind: 'number', step: 'any', min: 0, required: true, initial: 1 }, { name: 'note', label: t('task.note') },
          ]} perform={async (given) => { await act.mutateAsync(() => data(api.POST('/api/v1/maintenance/work-orders/{order_id}/parts-usage', { ...at(one), body: given as never }))); setOpen(false) }} />
        </Popup>
      )}
    </Box>
  )
}

export function Costs({ one }: { one: WorkOrder }) {
  const { t } = useTranslation()
  const act = useDo(one)
  const may = useMay()
  const here = useHere()
  const { data: all = [] } = useQuery(costs(one.id))
  const [isOpen, setOpen] = useState(false)
  const { data: firms = [] } = useQuery({ ...vendors(), enabled: isOpen })
  const mayInvoice = may('workorder.invoice')
  if (all.length === 0 && !mayInvoice) return null
  return (
    <Box title={t('order.costs')} aside={mayInvoice && <button type="button" className="btn btn-ghost" onClick={() => setOpen(true)}><Plus size={15} aria-hidden />{t('order.invoice')}</button>}>
      <table className="w-full text-sm"><tbody>
        {all.filter((line) => !line.struck_at).map((line) => (
          <tr key={line.id}>
            <th scope="row" className="py-1 text-start font-normal"><bdi>{line.what}</bdi> <span className="text-xs text-ink-3">{t(`cost.${line.kind}`)}</span></th>
            <td className="num py-1 text-end">{line.unit === 'minute' ? span(Number(line.quantity)) : <>{number(Number(line.quantity))} <bdi>{unitName(line.unit, t)}</bdi></>}</td>
            <td className="num py-1 text-end font-medium">{money(line.amount, line.currency)}</td>
          </tr>
        ))}
      </tbody><tfoot>{one.costs.length > 0 && <tr className="border-t border-line"><th scope="row" className="pt-2 text-start">{t('order.sum')}</th><td colSpan={2} className="num pt-2 text-end font-semibold">{[...groups(one.costs, (cost) => cost.currency)].map(([currency, some]) => money(some.reduce((sum, cost) => sum + Number(cost.amount), 0), currency)).join(' + ')}</td></tr>}</tfoot></table>
      {all.length === 0 && <p className="text-sm text-ink-3">{t('order.noCosts')}</p>}
      {isOpen && (
        <Popup title={t('order.invoice')} close={() => setOpen(false)}>
          <Form zone={here?.zone ?? 'UTC'} go={t('add')} fields={[
            { name: 'vendor_id', label: t('order.vendor'), kind: 'select', required: true, initial: one.vendor_id, options: firms.map((firm) => [firm.id, firm.name] as const) },
            { name: 'amount', label: t('order.amount', { currency: here?.currency ?? '' }), kind: 'number', step: 'any', min: 0, required: true },
            { name: 'number', label: t('order.invoiceNumber'), ltr: true }, { name: 'due_on', label: t('order.payBy'), kind: 'date' }, { name: 'note', label: t('task.note') },
          ]} perform={async (given) => { await act.mutateAsync(() => data(api.POST('/api/v1/maintenance/work-orders/{order_id}/vendor-invoice', { ...at(one), body: { ...given, amount: String(given.amount) } }))); setOpen(false) }} />
        </Popup>
      )}
    </Box>
  )
}
