/** The company's own accounts by which I may sign in: shown at the company's page, and linked with my password. */

import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { me } from '@/api/queries'
import { Card } from '@/components/card'
import { Form, type Given } from '@/components/form'
import { say } from '@/components/toast'
import { goTo, proof, providersOf, taken, wordFor, type Back } from '@/frame/ways'
import { useZone } from '@/lib/clock'
import { moment } from '@/lib/i18n'
import { linking } from '@/lib/kept'
import { Problem } from '@/lib/problem'
import { reason } from '@/lib/words'

export function Links() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const go = useNavigate()
  const { data: self } = useSuspenseQuery(me())
  const search: Back = useSearch({ from: '/_in/account' })
  const [back] = useState(search)
  const [shown, setShown] = useState<ReturnType<typeof proof>>()
  const company = self.tenant.code
  const { data: offered } = useQuery({ queryKey: ['providers', company], queryFn: ({ signal }) => providersOf(company, signal) })
  const links = useQuery({ queryKey: ['links'], queryFn: async ({ signal }) => (await data(api.GET('/api/v1/me/identities', { signal }))).items })
  const mine = links.data ?? []
  const fail = (error: unknown): void => say(t(error instanceof Problem && error.status === 409 ? 'error.taken' : wordFor(error)), true)
  const leave = useMutation({
    mutationFn: (id: string) => {
      linking.set('yes')
      return goTo(company, id)
    },
    onError: fail,
  })
  const drop = useMutation({
    mutationFn: (id: string) => data(api.DELETE('/api/v1/me/identities/{link_id}', { params: { path: { link_id: id } } })),
    onError: (error) => say(reason(error, t), true),
    onSettled: () => client.invalidateQueries({ queryKey: ['links'] }),
  })
  useEffect(() => {
    if (!back.state || !linking.get()) return
    const come = async (): Promise<void> => {
      const left = taken(back)
      await go({ to: '/account', search: {}, replace: true }) // what is used up stands no more in the address
      setShown(proof(back, left))
    }
    come().catch((error: unknown) => say(t(wordFor(error)), true))
  }, [back, go, t])
  const zone = useZone()
  const perform = async ({ current_password }: Given): Promise<void> => {
    if (!shown) return
    try {
      await data(api.POST('/api/v1/me/identities', { body: { ...shown, current_password: String(current_password) } }))
    } catch (error) {
      if (error instanceof Problem && error.status === 422) throw error // the password: once more
      fail(error)
      return setShown(undefined)
    }
    setShown(undefined)
    say(t('saved.done'))
    await client.invalidateQueries({ queryKey: ['links'] })
  }
  if (!offered?.length && mine.length === 0 && !shown) return null
  return (
    <Card title={t('account.linkTitle')} text={t(shown ? 'account.linkYours' : 'account.linkText')}>
      {shown ? <Form go={t('save')} perform={perform} fields={[{ name: 'current_password', label: t('account.current'), kind: 'password', required: true, autoComplete: 'current-password' }]} /> : (
        <>
          {mine.map((one) => (
            <div key={one.id} className="flex items-center justify-between gap-3 text-sm">
              <span className="min-w-0"><span className="block truncate font-medium" dir="ltr">{new URL(one.issuer).host}</span><span className="text-xs text-ink-3">{t('account.linkOn', { at: moment(one.linked_at, { dateStyle: 'medium', timeZone: zone }) })}</span></span>
              <button type="button" className="btn shrink-0" disabled={drop.isPending} onClick={() => drop.mutate(one.id)}>{t('account.linkEnd')}</button>
            </div>
          ))}
          <div className="flex flex-wrap justify-end gap-2">{offered?.map((one) => <button key={one.id} type="button" className="btn" disabled={leave.isPending} onClick={() => leave.mutate(one.id)}><bdi>{t('account.link', { name: one.name })}</bdi></button>)}</div>
        </>
      )}
    </Card>
  )
}
