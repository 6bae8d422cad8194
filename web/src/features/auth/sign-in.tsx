/** The way in: language first, then who one is; which company and the second factor only when asked. */

import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useEffect, useState, type ComponentType, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { enrolled, signInByPin } from '@/api/device'
import { LanguageChoice, ThemeChoice } from '@/components/choices'
import { signIn } from '@/api/session'
import type { AccountsProps } from '@/features/auth/company'
import { PinPad } from '@/features/auth/pin-pad'
import { company } from '@/lib/kept'
import { Problem } from '@/lib/problem'
import { reason } from '@/lib/words'

/** A password needs none of it, so its absence takes nothing away. */
const Accounts = lazy<ComponentType<AccountsProps>>(() => import('@/features/auth/company').then((found) => ({ default: found.Company }), () => ({ default: Absent })))
interface Company {
  code: string
  name: string
}

function Absent({ back, heard, tell }: AccountsProps) {
  const isMissed = back !== undefined || heard !== undefined
  useEffect(() => {
    if (isMissed) tell('error.offline')
  }, [isMissed, tell])
  return null
}

export function SignIn() {
  const { t } = useTranslation()
  const { next, tenant, ...search } = useSearch({ from: '/sign-in' })
  const go = useNavigate()
  const [companies, setCompanies] = useState<Company[]>([])
  const [asksCode, setAsksCode] = useState(false)
  const [trouble, setTrouble] = useState('')
  const [busy, setBusy] = useState(false)
  const [chosen, setWay] = useState<'password' | 'pin'>()
  const { data: phone } = useQuery({ queryKey: ['this-phone'], queryFn: async () => (await enrolled()) ?? null })
  const way = chosen ?? (phone ? 'pin' : 'password')
  const [back] = useState(search.state || search.error ? search : undefined)
  const [isComing, setComing] = useState(back !== undefined)
  const [asks, setAsks] = useState(false)
  const [typed, setTyped] = useState<string>()
  const known = typed ?? tenant ?? company.get() ?? undefined
  const { data: offered } = useQuery<unknown[]>({ queryKey: ['providers', known], enabled: false })
  const hear = (one: string): void => {
    setTyped(one)
    setAsks(false)
  }
  const tell = useCallback((word: string) => {
    setComing(false)
    setTrouble(t(word))
  }, [t])
  const attempt = async (how: () => Promise<unknown>): Promise<void> => {
    setBusy(true)
    setTrouble('')
    try {
      await how()
      await go({ href: next ?? '/', replace: true })
    } catch (error) {
      setTrouble(understand(error))
      setBusy(false)
    }
  }

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
        {isComing && <p role="status" className="skeleton px-4 py-6 text-center text-sm text-ink-2">{t('signIn.busy')}</p>}
        {!isComing && way === 'pin' && <PinPad isBusy={busy} enter={(login, pin) => void attempt(() => signInByPin(login, pin))} />}
        {!isComing && way === 'password' && <form onSubmit={(event) => void send(event)} className="flex flex-col gap-4" aria-busy={busy}>
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
          {(known ?? back ?? asks) && <Suspense><Accounts known={isComing ? undefined : known} next={next} back={back} heard={asks ? hear : undefined} tell={tell} /></Suspense>}
          {!isComing && (
            <>
              {phone && <button type="button" className="btn h-12" onClick={() => setWay(way === 'pin' ? 'password' : 'pin')}>{t(way === 'pin' ? 'signIn.byPassword' : 'signIn.byPin')}</button>}
              <div className="flex flex-wrap justify-center">
                {!asks && <button type="button" className="btn btn-ghost text-brand-text" onClick={() => setAsks(true)}>{t(offered?.length ? 'signIn.accountOther' : 'signIn.account')}</button>}
                <Link to="/invitation" className="btn btn-ghost text-brand-text">{t('invitation.have')}</Link>
              </div>
            </>
          )}
        </div>
      </main>
    </div>
  )
}
