/** What may be the same fault: one press makes two reports one order. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CopyCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import type { WorkOrder } from '@/api/queries'
import { Sure } from '@/components/popup'
import { say } from '@/components/toast'
import { twins } from '@/features/work-orders/ask'
import { retold } from '@/lib/stored'
import { reason } from '@/lib/words'

const FEW = 3

export function Alike({ one }: { one: WorkOrder }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { data: alike = [] } = useQuery(twins(one))
  const [same, setSame] = useState<WorkOrder | null>(null)
  const link = useMutation({
    mutationFn: (other: WorkOrder) => data(api.POST('/api/v1/maintenance/work-orders/{order_id}/links', {
      params: { path: { order_id: one.id } }, body: { kind: 'duplicate', order_id: other.id },
    })),
    onSuccess: (_, other) => say(t('triage.merged', { number: one.number, other: other.number })),
    onError: (error) => say(reason(error, t), true),
    onSettled: () => Promise.all([client.invalidateQueries({ queryKey: ['orders'] }), client.invalidateQueries({ queryKey: ['order'] })]),
  })
  if (alike.length === 0) return null
  return (
    <div className="rounded-lg bg-sunken p-3">
      <p className="mb-2 flex items-center gap-2 text-xs font-semibold"><CopyCheck size={14} aria-hidden />{t('triage.alike')}</p>
      <ul className="flex flex-col gap-1">
        {alike.slice(0, FEW).map((other) => (
          <li key={other.id} className="flex items-center gap-2 text-sm">
            <Link to="/work-orders/$id" params={{ id: other.id }} className="min-w-0 flex-1 truncate underline" dir="auto">#{other.number} {retold(other.title, t)}</Link>
            <button type="button" className="btn h-9 shrink-0 max-md:h-11" onClick={() => setSame(other)}>{t('triage.same')}</button>
          </li>
        ))}
      </ul>
      {same && (
        <Sure
          title={t('triage.same')} text={t('triage.sameText', { number: one.number, other: same.number })} go={t('triage.same')}
          close={() => setSame(null)} perform={() => link.mutate(same)}
        />
      )}
    </div>
  )
}
