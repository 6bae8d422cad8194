/** The way in: language first, then who one is; which company and the second factor only when asked. */

import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { enrolled, signInByPin } from '@/api/device'
import { LanguageChoice, ThemeChoice } from '@/components/choices'
import { signIn } from '@/api/session'
import { PinPad } from '@/features/auth/pin-pad'
import { comeBack, goTo } from '@/features/auth/ways'
import { Problem } from '@/lib/problem'
import { reason } from '@/lib/words'

interface Company {
  code: string
  name: string
}

export function SignIn() {
  const { t } = useTranslation()
  const { next, tenant, state, code } = useSearch({ from: '/sign-in' })
  const go = useNavigate()
  const [companies, setCompanies] = useState<Company[]>([])
  const [asksCode, setAsksCode] = useState(false)
  const [trouble, setTrouble] = useState('')
  const [busy, setBusy] = useState(false)
  const [way, setWay] = useState<'password' | 'pin'>('password')
  const { data: phone } = useQuery({ queryKey: ['this-phone'], queryFn: async () => (await enrolled()) ?? null })
  const { data: others } = useQuery({
    queryKey: ['providers', tenant], enabled: tenant !== undefined,
    queryFn: async ({ signal }) => (await data(api.GET('/api/v1/auth/providers', { params: { query: { tenant: tenant ?? '' } }, signal }))).items,
  })
  const attempt = async (how: () => Promise<unknown>): Promise<void> => {
    setBusy(true)
    setTrouble('')
    try {
      await how()
      await go({ to: next ?? '/', replace: true })
    } catch (error) {
      setTrouble(understand(error))
      setBusy(false)
    }
  }
  useEffect(() => {
    if (phone) setWay('pin')
  }, [phone])
  useEffect(() => {
    void comeBack(state, code).then((isIn) => { if (isIn) void go({ to: '/', replace: true }) }, (error: unknown) => setTrouble(understand(error)))
    // oxlint-disable-next-line react/exhaustive-deps -- once, when one comes back
  }, [])

  function understand(error: unknown): string {
    if (!(error instanceof Problem)) return t('error.unknown')
    if (error.code === 'which_hotel') {
      setCompanies((error.more.tenants as Company[] | undefined) ?? [])
      return t('signIn.which')
    }
    if (error.code === 'second_factor_needed') {
      setAsksCode(true)
      return t('signIn.codeAsked')
    }
    if (error.status === 401) return t(way === 'pin' ? 'pin.wrong' : 'signIn.wrong')
    if (error.status === 429) return t('signIn.wait')
    return reason(error, t)
  }

  async function send(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    const text = (name: string): string | undefined => given.get(name)?.toString().trim() || undefined
    await attempt(() => signIn({ login: text('login'), password: given.get('password')?.toString(), tenant: text('tenant') ?? tenant, code: text('code') }))
  }

  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex items-center justify-end gap-1 p-3"><ThemeChoice /><LanguageChoice /></header>
      <main className="mx-auto flex w-full max-w-sm flex-1 flex-col justify-center px-5 pb-24">
        <img src="/icon.svg" alt="" className="mb-5 size-14 rounded-2xl" />
        <h1 className="text-2xl font-semibold">{t('signIn.title')}</h1>
        <p className="mb-6 mt-1 text-sm text-ink-2">{t('signIn.text')}</p>
        {way === 'pin' && <PinPad isBusy={busy} enter={(login, pin) => void attempt(() => signInByPin(login, pin))} />}
        {way === 'password' && <form onSubmit={(event) => void send(event)} className="flex flex-col gap-4" aria-busy={busy}>
          <label className="flex flex-col gap-1.5 text-sm font-medium">
            {t('signIn.login')}
            <input name="login" required dir="ltr" autoComplete="username" autoCapitalize="none" spellCheck={false} className="field" />
          </label>
          <label className="flex flex-col gap-1.5 text-sm font-medium">
            {t('signIn.password')}
            <input name="password" type="password" required dir="ltr" autoComplete="current-password" className="field" />
          </label>
          {companies.length > 0 && (
            <label className="flex flex-col gap-1.5 text-sm font-medium">
              {t('signIn.company')}
              <select name="tenant" className="field">{companies.map((one) => <option key={one.code} value={one.code}>{one.name}</option>)}</select>
            </label>
          )}
          {asksCode && (
            <label className="flex flex-col gap-1.5 text-sm font-medium">
              {t('signIn.code')}
              <input name="code" dir="ltr" inputMode="numeric" autoComplete="one-time-code" className="field" />
            </label>
          )}
          <button type="submit" disabled={busy} className="btn btn-primary h-12 text-base">{busy ? t('signIn.busy') : t('signIn.go')}</button>
        </form>}
        <p role="alert" dir="auto" className={trouble ? 'mt-4 rounded-lg bg-bad-tint px-3 py-2 text-sm text-bad' : 'sr-only'}>{trouble}</p>
        <div className="mt-4 flex flex-col gap-2">
          <Link to="/invitation" className="btn btn-ghost text-brand-text">{t('invitation.have')}</Link>
          {phone && <button type="button" className="btn" onClick={() => setWay(way === 'pin' ? 'password' : 'pin')}>{t(way === 'pin' ? 'signIn.byPassword' : 'signIn.byPin')}</button>}
          {others?.map((one) => <button key={one.id} type="button" className="btn" onClick={() => void attempt(() => goTo(tenant ?? '', one.id))}>{t('signIn.with', { name: one.name })}</button>)}
        </div>
      </main>
    </div>
  )
}
