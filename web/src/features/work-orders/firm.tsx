/** The vendor of an order: what was sent, what they said to it, and where staff write down what they heard. */

import { useQuery } from '@tanstack/react-query'
import { Phone, PhoneCall } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { useMay } from '@/api/people'
import type { WorkOrder } from '@/api/queries'
import type { components } from '@/api/schema'
import { Form } from '@/components/form'
import { Facts, Part } from '@/components/page'
import { Popup } from '@/components/popup'
import { dispatch } from '@/features/work-orders/ask'
import { useDo } from '@/features/work-orders/parts'
import { moment } from '@/lib/i18n'

const CHANNELS = ['whatsapp', 'sms', 'email', 'call_only'] as const satisfies readonly components['schemas']['Channel'][]

export function Firm({ one, firm, zone }: { one: WorkOrder; firm: components['schemas']['VendorOut']; zone: string }) {
  const { t } = useTranslation()
  const may = useMay()
  const act = useDo(one)
  const { data: sent } = useQuery({ ...dispatch(one.id), enabled: may('vendor.read') })
  const [isOpen, setOpen] = useState(false)
  const time = (at: string | null | undefined): string => (at ? moment(at, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }) : '')
  const mayWrite = may('workorder.work') && one.allowed_actions.includes('update') && sent !== null && sent !== undefined
  return (
    <section className="card p-5">
      <Part level={2} title={t('order.vendor')} aside={mayWrite && <button type="button" className="btn btn-ghost" onClick={() => setOpen(true)}><PhoneCall size={15} aria-hidden />{t('firm.said')}</button>}>
        <Facts rows={[
          [t('vendors.name'), <bdi key="n">{firm.name}</bdi>],
          [t('vendors.phone'), firm.phone && <a key="p" className="inline-flex items-center gap-1.5 underline" dir="ltr" href={`tel:${firm.phone}`}><Phone size={13} aria-hidden />{firm.phone}</a>],
          [t('task.state'), sent && t(`vendors.states.${sent.state}`)], [t('firm.sent'), time(sent?.sent_at)],
          [t('firm.comes'), time(sent?.promised_at)], [t('task.note'), sent?.note],
        ]} />
      </Part>
      {isOpen && (
        <Popup title={t('firm.said')} about={<p className="text-sm text-ink-2" dir="auto">{firm.name}</p>} close={() => setOpen(false)}>
          <Form
            zone={zone} go={t('save')}
            fields={[
              { name: 'accepted', label: t('firm.answer'), kind: 'select', required: true, options: [['yes', t('firm.yes')], ['no', t('firm.no')]] },
              { name: 'promised_at', label: t('firm.comes'), kind: 'moment' },
              { name: 'channel', label: t('firm.by'), kind: 'select', initial: 'call_only', options: CHANNELS.map((way) => [way, t(`vendors.channels.${way}`)] as const) },
              { name: 'note', label: t('task.note') },
            ]}
            perform={async ({ accepted, ...given }) => {
              const body = { ...given, accepted: accepted === 'yes', ...(accepted !== 'yes' && { promised_at: null }) }
              await act.mutateAsync(() => data(api.POST('/api/v1/maintenance/work-orders/{order_id}/vendor-acknowledged', {
                params: { path: { order_id: one.id } }, body,
              })))
              setOpen(false)
            }}
          />
        </Popup>
      )}
    </section>
  )
}
