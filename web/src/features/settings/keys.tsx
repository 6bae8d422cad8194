/** Keys for other systems: made, shown once, taken back. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { KeyRound, Plus, Unplug } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { useFresh } from '@/api/fresh'
import type { Here } from '@/api/here'
import { every, MANY } from '@/api/queries'
import type { components } from '@/api/schema'
import { Ask } from '@/components/ask'
import { Form, type Field, type Given } from '@/components/form'
import { Line, Once } from '@/components/once'
import { Popup } from '@/components/popup'
import { Card } from '@/components/card'
import { useAct, type Actions } from '@/frame/act'
import { moment } from '@/lib/i18n'

type Key = components['schemas']['KeyOut']
const ROLES = ['integration', 'viewer'] as const

export function Keys({ here }: { here: Here }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [isMaking, setMaking] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  useFresh(['access.key.'], ['keys'])
  const query = useQuery({ queryKey: ['keys'], queryFn: ({ signal }) => every((cursor) => data(api.GET('/api/v1/keys', { params: { query: { limit: MANY, cursor } }, signal }))) })
  const actions: Actions<Key> = { revoke: { icon: Unplug, isGrave: true, perform: (one) => data(api.POST('/api/v1/keys/{key_id}/revoke', { params: { path: { key_id: one.id } } })) } }
  const { begin, asks } = useAct(actions, () => t('settings.keyRevoke'), here.zone, [['keys']])
  const date = (at: string): string => moment(at, { dateStyle: 'medium', timeZone: here.zone })
  const fields: Field[] = [
    { name: 'name', label: t('settings.keyName'), required: true, hint: t('settings.keyNameHint') },
    { name: 'role', label: t('settings.keyRole'), kind: 'select', required: true, options: ROLES.map((role) => [role, t(`role.${role}`)] as const), initial: 'integration' },
    { name: 'expires_at', label: t('settings.keyEnds'), kind: 'moment', hint: t('settings.keyEndsHint') },
  ]
  const make = async ({ role, ...given }: Given): Promise<void> => {
    const made = await data(api.POST('/api/v1/keys', { body: { ...given, roles: [role], properties: [here.id] } as never }))
    void client.invalidateQueries({ queryKey: ['keys'] })
    setMaking(false)
    setSecret(made.secret ?? null)
  }
  return (
    <Card title={t('settings.keys')} text={t('settings.keysText')}>
      <Ask query={query}>
        {(found) => (
          <ul className="flex flex-col gap-3 text-sm">
            {found.length === 0 && <li className="text-ink-3">{t('settings.noKeys')}</li>}
            {found.map((one) => (
              <li key={one.id} className="flex items-center justify-between gap-3">
                <span className="min-w-0">
                  <bdi className="block truncate font-medium">{one.name}</bdi>
                  <span className="block text-xs text-ink-3"><code dir="ltr">{one.prefix}…</code> · {one.roles.map((role) => t(`role.${role}`)).join(', ')} · {one.revoked_at ? t('settings.keyRevoked', { at: date(one.revoked_at) }) : one.expires_at ? t('settings.keyUntil', { at: date(one.expires_at) }) : t('settings.keySince', { at: date(one.created_at) })}</span>
                </span>
                {one.allowed_actions.includes('revoke') && <button type="button" className="btn h-9 shrink-0 text-xs text-bad" onClick={() => begin('revoke', one)}>{t('settings.keyRevoke')}</button>}
              </li>
            ))}
          </ul>
        )}
      </Ask>
      <button type="button" className="btn self-start" onClick={() => setMaking(true)}><Plus size={16} aria-hidden />{t('settings.keyMake')}</button>
      {isMaking && <Popup title={t('settings.keyMake')} close={() => setMaking(false)}><Form fields={fields} go={t('settings.keyMake')} zone={here.zone} perform={make} /></Popup>}
      {secret && <Once title={t('settings.secret')} text={t('settings.secretText')} secret={secret} close={() => setSecret(null)}><Line icon={KeyRound}>{secret}</Line></Once>}
      {asks}
    </Card>
  )
}
