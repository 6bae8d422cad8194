/** Where events of the company go and come from; each way can be stopped for a while. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Pause, Play } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { useFresh } from '@/api/fresh'
import { useMay } from '@/api/people'
import { put } from '@/api/put'
import { every, MANY } from '@/api/queries'
import type { components } from '@/api/schema'
import { Ask } from '@/components/ask'
import { Badge } from '@/components/bits'
import { say } from '@/components/toast'
import { Card } from '@/components/card'
import { reason } from '@/lib/words'

type Connection = components['schemas']['ConnectionOut']

export function Connections() {
  const { t } = useTranslation()
  const may = useMay()
  const client = useQueryClient()
  useFresh(['tenant.connection.'], ['connections'])
  const query = useQuery({ queryKey: ['connections'], queryFn: ({ signal }) => every((cursor) => data(api.GET('/api/v1/connections', { params: { query: { limit: MANY, cursor } }, signal }))) })
  const turn = useMutation({
    mutationFn: (one: Connection) => data(api.PATCH('/api/v1/connections/{connection_id}', { params: { path: { connection_id: one.id } }, body: { paused: !one.paused, version: one.version } })),
    onSuccess: (next) => { put(client, next); say(t('saved.done')) },
    onError: (error) => say(reason(error, t), true),
    onSettled: () => client.invalidateQueries({ queryKey: ['connections'] }),
  })
  return (
    <Card title={t('settings.connections')} text={t('settings.connectionsText')}>
      <Ask query={query}>
        {(found) => found.length === 0 ? <p className="text-sm text-ink-3">{t('settings.noConnections')}</p> : (
          <ul className="flex flex-col gap-3 text-sm">
            {found.map((one) => (
              <li key={one.id} className="flex items-center justify-between gap-3">
                <span className="min-w-0"><bdi className="block truncate font-medium">{one.name}</bdi><span dir="ltr" className="block break-all text-xs text-ink-3">{one.via} · {one.address}</span></span>
                {may('connection.manage')
                  ? <button type="button" aria-pressed={one.paused} disabled={turn.isPending} className="btn h-9 shrink-0 text-xs" onClick={() => turn.mutate(one)}>{one.paused ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}{one.paused ? t('settings.resume') : t('settings.pause')}</button>
                  : <Badge look={one.paused ? 'out_of_service' : 'inspected'}>{one.paused ? t('settings.paused') : t('settings.runs')}</Badge>}
              </li>
            ))}
          </ul>
        )}
      </Ask>
    </Card>
  )
}
