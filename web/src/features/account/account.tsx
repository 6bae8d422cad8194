/** My own: password, PIN, second factor, how I am told of things, where I am signed in. */

import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { useHere } from '@/api/here'
import { me } from '@/api/queries'
import type { components } from '@/api/schema'
import { Ask } from '@/components/ask'
import { Card } from '@/components/card'
import { Form, type Field, type Given } from '@/components/form'
import { Once } from '@/components/once'
import { Facts, Page } from '@/components/page'
import { say } from '@/components/toast'
import { deviceName } from '@/features/account/device'
import { Links } from '@/features/account/links'
import { Phone } from '@/features/account/phone'
import { LeaveButton } from '@/frame/unsent'
import { useZone } from '@/lib/clock'
import { dialled } from '@/lib/digits'
import { moment, number } from '@/lib/i18n'
import { Problem } from '@/lib/problem'
import { reason } from '@/lib/words'

const OUTLETS = ['push', 'sms', 'whatsapp', 'telegram', 'email'] as const
type Settings = components['schemas']['NoticeSettingsOut']
type Body = components['schemas']['NoticeSettingsBody']

export function Account() {
  const { t } = useTranslation()
  const { data: self } = useSuspenseQuery(me())
  const here = useHere()
  return (
    <Page title={t('account.title')} about={self.tenant.name}>
      <div className="grid items-start gap-4 *:flex *:min-w-0 *:flex-col *:gap-4 lg:grid-cols-2">
        <div>
          <Card title={self.name}>
            <Facts rows={[[t('signIn.login'), <span key="l" dir="ltr">{self.login}</span>], [t('account.email'), self.email], [t('account.roles'), [...new Set(self.roles.map((one) => t(`role.${one.role}`)))].join(', ')]]} />
            <LeaveButton />
          </Card>
          <Password />
          <Links />
          <Factor />
          <Sessions />
        </div>
        <div>
          {here?.permissions.includes('notification.mine') && <Notices />}
          <Phone />
        </div>
      </div>
    </Page>
  )
}

const current = (t: (key: string) => string): Field => ({ name: 'current_password', label: t('account.current'), kind: 'password', required: true, autoComplete: 'current-password' })

function Password() {
  const { t } = useTranslation()
  const perform = async ({ current_password, password }: Given): Promise<void> => {
    await data(api.POST('/api/v1/me/password', { body: { current_password: String(current_password), password: String(password) } }))
    say(t('account.passwordDone'))
  }
  return <Card title={t('account.password')} text={t('account.passwordText')}><Form fields={[current(t), { name: 'password', label: t('account.next'), kind: 'password', required: true, least: 12, autoComplete: 'new-password', hint: t('account.nextHint') }]} go={t('save')} perform={perform} /></Card>
}

function Notices() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const key = ['notice-settings']
  const query = useQuery({ queryKey: key, queryFn: ({ signal }) => data(api.GET('/api/v1/me/notification-settings', { signal })) })
  const fields = (now: Settings): Field[] => [
    ...OUTLETS.map((one): Field => ({ name: one, label: t(`outlet.${one}`), kind: 'check', initial: now.channels.includes(one) })),
    { name: 'email_to', label: t('account.email'), kind: 'email', initial: now.email },
    { name: 'phone', label: t('account.phone'), kind: 'phone', hint: t('vendors.phoneHint'), initial: now.phone },
    { name: 'on_shift_only', label: t('account.onShift'), kind: 'check', initial: now.on_shift_only },
  ]
  const perform = async (now: Settings, given: Given): Promise<void> => {
    const said = (name: string, before: string | null): string | null => (name in given ? (given[name] as string | null) : before)
    const phone = said('phone', now.phone)
    if (phone && !dialled(phone)) throw new Problem(422, { errors: [{ pointer: '/phone', message: t('vendors.phoneHint') }] })
    const body = { ...now, channels: OUTLETS.filter((one) => given[one]), email: said('email_to', now.email), phone: phone && dialled(phone), on_shift_only: given.on_shift_only === true } as Body
    client.setQueryData(key, await data(api.PUT('/api/v1/me/notification-settings', { body })))
    say(t('saved.done'))
  }
  return <Card title={t('account.notices')} text={t('account.noticesText')}><Ask query={query}>{(now) => <Form key={now.version} fields={fields(now)} go={t('save')} perform={(given) => perform(now, given)} />}</Ask></Card>
}

function Factor() {
  const { t } = useTranslation()
  const zone = useZone()
  const client = useQueryClient()
  const key = ['factor']
  const query = useQuery({ queryKey: key, queryFn: ({ signal }) => data(api.GET('/api/v1/me/second-factor', { signal })) })
  const [offer, setOffer] = useState<{ secret: string; uri: string } | null>(null)
  const [paper, setPaper] = useState<readonly string[]>([])
  const again = (): void => void client.invalidateQueries({ queryKey: key })
  const begin = async ({ current_password }: Given): Promise<void> =>
    setOffer(await data(api.POST('/api/v1/me/second-factor', { body: { current_password: String(current_password) } })))
  const confirm = async ({ code }: Given): Promise<void> => {
    setPaper((await data(api.POST('/api/v1/me/second-factor/confirm', { body: { code: String(code) } }))).paper_codes)
    setOffer(null)
    again()
  }
  const remove = async ({ current_password }: Given): Promise<void> => {
    await data(api.POST('/api/v1/me/second-factor/remove', { body: { current_password: String(current_password) } }))
    say(t('saved.done'))
    again()
  }
  return (
    <Card title={t('factor.title')} text={t('factor.text')}>
      <Ask query={query}>
        {(now) => now.enabled ? (
          <><p className="text-sm">{t('factor.on', { at: now.since ? moment(now.since, { dateStyle: 'medium', timeZone: zone }) : '', left: number(now.paper_codes_left) })}</p><Form fields={[current(t)]} go={t('factor.remove')} perform={remove} /></>
        ) : offer ? (
          <>
            <p className="text-sm text-ink-2">{t('factor.scan')}</p>
            <code dir="ltr" className="break-all rounded-lg bg-sunken p-3 text-sm font-semibold">{offer.secret}</code>
            <a href={offer.uri} className="btn">{t('factor.open')}</a>
            <Form fields={[{ name: 'code', label: t('signIn.code'), required: true, ltr: true, autoComplete: 'one-time-code' }]} go={t('factor.confirm')} perform={confirm} />
          </>
        ) : <Form fields={[current(t)]} go={t('factor.begin')} perform={begin} />}
      </Ask>
      {paper.length > 0 && (
        <Once title={t('factor.paper')} text={t('factor.paperText')} secret={paper.join('\n')} close={() => setPaper([])}>
          <ul dir="ltr" className="grid grid-cols-2 gap-2 font-mono text-sm">{paper.map((one) => <li key={one} className="rounded bg-sunken px-3 py-2">{one}</li>)}</ul>
        </Once>
      )}
    </Card>
  )
}

function Sessions() {
  const { t } = useTranslation()
  const zone = useZone()
  const client = useQueryClient()
  const query = useQuery({ queryKey: ['sessions'], queryFn: ({ signal }) => data(api.GET('/api/v1/me/sessions', { signal })) })
  const end = useMutation({
    mutationFn: (id: string) => data(api.DELETE('/api/v1/me/sessions/{session_id}', { params: { path: { session_id: id } } })),
    onSuccess: () => { say(t('account.ended')); return client.invalidateQueries({ queryKey: ['sessions'] }) },
    onError: (error) => say(reason(error, t), true),
  })
  return (
    <Card title={t('account.sessions')} text={t('account.sessionsText')}>
      <Ask query={query}>
        {({ items }) => (
          <ul className="flex flex-col gap-3">
            {items.map((one) => (
              <li key={one.id} className="flex items-center justify-between gap-3 text-sm">
                <span className="min-w-0"><span className="block truncate font-medium" dir="auto" title={one.device ?? undefined}>{deviceName(one.device) ?? t('account.device')}</span><span className="text-xs text-ink-3">{moment(one.used_at, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone })}</span></span>
                {one.current ? <span className="shrink-0 text-xs font-medium text-brand-text">{t('account.this')}</span> : <button type="button" className="btn shrink-0" disabled={end.isPending} onClick={() => end.mutate(one.id)}>{t('account.end')}</button>}
              </li>
            ))}
          </ul>
        )}
      </Ask>
    </Card>
  )
}
