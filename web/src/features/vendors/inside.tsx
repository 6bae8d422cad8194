/** The sheet of a vendor: what was sent to them, what they asked for it, and the end of it. */

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { BookCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { useMay } from '@/api/people'
import type { components } from '@/api/schema'
import { Facts, Part } from '@/components/page'
import { useAct, type Actions } from '@/frame/act'
import { Retire } from '@/frame/retire'
import { useNow } from '@/lib/clock'
import { distance, moment, money } from '@/lib/i18n'
import { retold } from '@/lib/stored'

export type Vendor = components['schemas']['VendorOut']

type Invoice = components['schemas']['InvoiceOut']
const LINE = '-mx-2 block rounded-lg px-2 py-2 hover:bg-sunken'
const at = (one: Vendor) => ({ params: { path: { vendor_id: one.id } } })
const turn = (active: boolean, one: Vendor) => data(api.PATCH('/api/v1/maintenance/vendors/{vendor_id}', { ...at(one), body: { active, version: one.version } }))

export function Inside({ one, zone }: { one: Vendor; zone: string }) {
  const { t } = useTranslation()
  const may = useMay()
  return (
    <>
      <Facts rows={[
        [t('vendors.email'), one.email && <a key="e" href={`mailto:${one.email}`} dir="ltr" className="break-all text-brand-text hover:underline">{one.email}</a>],
        [t('vendors.rate'), one.hourly_rate && one.currency && money(one.hourly_rate, one.currency)], [t('vendors.note'), one.note],
      ]} />
      {one.property_id === null && <p className="rounded-lg bg-sunken px-3 py-2 text-sm text-ink-2">{t('vendors.shared')}</p>}
      <Part title={t('vendors.open')}><Sent of={one.id} /></Part>
      {may('cost.read') && <Part title={t('vendors.invoices')}><Invoices of={one.id} zone={zone} /></Part>}
      {one.allowed_actions.includes('update') && <Retire of="vendors" one={one} zone={zone} turn={turn} />}
    </>
  )
}

function Sent({ of }: { of: string }) {
  const { t } = useTranslation()
  const now = useNow()
  const { data: found } = useQuery({
    queryKey: ['vendors', 'sent', of],
    queryFn: async ({ signal }) => (await data(api.GET('/api/v1/maintenance/dispatches', { params: { query: { vendor_id: of, limit: 100 } }, signal }))).items.filter((one) => one.ended_at === null),
  })
  if (found?.length === 0) return <p className="text-sm text-ink-3">{t('vendors.noOpen')}</p>
  return (
    <ul className="flex flex-col text-sm">
      {found?.map((one) => (
        <li key={one.id}>
          <Link to="/work-orders/$id" params={{ id: one.order_id }} className={LINE}>
            <span className="flex gap-2"><span className="num text-ink-3">#{one.order_number}</span><bdi className="min-w-0 flex-1 truncate font-medium">{retold(one.title, t)}</bdi></span>
            <span className="text-xs text-ink-3">{t(`vendors.states.${one.state}`)} · {distance(one.sent_at, now)}{one.promised_at && <> · {t('vendors.promised', { at: distance(one.promised_at, now) })}</>}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

function Invoices({ of, zone }: { of: string; zone: string }) {
  const { t } = useTranslation()
  const may = useMay()
  const { data: found } = useQuery({
    queryKey: ['vendors', 'invoices', of],
    queryFn: async ({ signal }) => (await data(api.GET('/api/v1/maintenance/vendor-invoices', { params: { query: { vendor_id: of, limit: 50 } }, signal }))).items,
  })
  const actions: Actions<Invoice> = {
    post: {
      icon: BookCheck, fields: [{ name: 'reference', label: t('vendors.reference'), ltr: true, hint: t('vendors.referenceHint') }],
      perform: (one, given) => data(api.POST('/api/v1/maintenance/vendor-invoices/{invoice_id}/post', { params: { path: { invoice_id: one.id } }, body: given })),
    },
  }
  const { begin, asks } = useAct(actions, (name) => t(`vendors.act.${name}`), zone, [['vendors']])
  if (found?.length === 0) return <p className="text-sm text-ink-3">{t('vendors.noInvoices')}</p>
  return (
    <ul className="flex flex-col gap-1 text-sm">
      {found?.map((one) => (
        <li key={one.id} className="flex items-center gap-2">
          <Link to="/work-orders/$id" params={{ id: one.order_id }} className={`${LINE} min-w-0 flex-1`}>
            <span className="flex gap-2"><bdi className="min-w-0 flex-1 truncate font-medium">{one.number ?? t('vendors.order', { number: one.order_number })}</bdi><span className={one.struck_at ? 'num line-through' : 'num font-semibold'}>{money(one.amount, one.currency)}</span></span>
            <span className="text-xs text-ink-3">{one.struck_at ? t('vendors.struck') : one.posted_at ? t('vendors.posted', { at: moment(one.posted_at, { dateStyle: 'medium', timeZone: zone }) }) : one.due_on ? t('vendors.due', { at: moment(one.due_on, { dateStyle: 'medium', timeZone: 'UTC' }) }) : t('vendors.unposted')}</span>
          </Link>
          {may('invoice.post') && !one.posted_at && !one.struck_at && <button type="button" className="btn h-9 shrink-0 text-xs" onClick={() => begin('post', one)}>{t('vendors.act.post')}</button>}
        </li>
      ))}
      {asks}
    </ul>
  )
}
