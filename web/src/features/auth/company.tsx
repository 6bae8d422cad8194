/** The way in by a company's own accounts: whose, away to them, and what came of it. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { KeyRound } from 'lucide-react'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { enter } from '@/api/session'
import { goTo, proof, providersOf, taken, wordFor, type Back } from '@/frame/ways'
import { company } from '@/lib/kept'
import { reason } from '@/lib/words'

export interface AccountsProps {
  /** The code that the address says, or that this device remembers. */
  known: string | undefined
  next: string | undefined
  /** Somebody comes back from a provider. */
  back: Back | undefined
  /** The code is asked for; this hears it. */
  heard: ((code: string) => void) | undefined
  /** What went wrong; nothing once one is on the way. */
  tell: (word: string) => void
}

export function Company({ known, next, back, heard, tell }: AccountsProps) {
  const { t } = useTranslation()
  const go = useNavigate()
  const isTaken = useRef(false)
  const { data: found } = useQuery({ queryKey: ['providers', known], enabled: known !== undefined, queryFn: ({ signal }) => providersOf(known ?? '', signal) })
  const isThere = found !== undefined && found.length > 0
  useEffect(() => {
    if (known && isThere) company.set(known)
  }, [known, isThere])
  const leave = useMutation({ mutationFn: ({ tenant, id }: { tenant: string; id: string }) => goTo(tenant, id, next), onError: (error) => tell(wordFor(error)) })
  const { reset } = leave
  useEffect(() => {
    addEventListener('pageshow', reset) // one went back from the provider's page
    return () => removeEventListener('pageshow', reset)
  }, [reset])

  useEffect(() => {
    if (!back || isTaken.current) return
    isTaken.current = true
    const left = taken(back)
    const come = async (): Promise<void> => {
      try {
        enter(await data(api.POST('/api/v1/auth/oidc/finish', { body: proof(back, left) })))
        await go({ href: left?.next ?? '/', replace: true })
      } catch (error) {
        await go({ to: '/sign-in', search: ({ tenant }) => ({ tenant, next: left?.next }), replace: true }) // what is used up stands no more in the address
        tell(wordFor(error))
      }
    }
    void come()
  }, [back, go, tell])

  const all = found?.map((one) => <Way key={one.id} name={one.name} isBusy={leave.isPending} leave={() => leave.mutate({ tenant: known ?? '', id: one.id })} />)
  return (
    <>
      {isThere && <><p className="flex items-center gap-3 text-xs text-ink-3 before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">{t('signIn.or')}</p>{all}</>}
      {heard && <Code heard={heard} />}
    </>
  )
}

function Way({ name, isBusy, leave }: { name: string; isBusy: boolean; leave: () => void }) {
  const { t } = useTranslation()
  return <button type="button" className="btn h-12 min-w-0" disabled={isBusy} onClick={leave}><KeyRound size={17} className="shrink-0 text-ink-3" aria-hidden /><bdi className="truncate">{t('signIn.with', { name })}</bdi></button>
}

/** Which company; one that has no accounts, and one that nobody knows, are answered alike. */
function Code({ heard }: { heard: (code: string) => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [trouble, setTrouble] = useState('')
  const [isBusy, setBusy] = useState(false)
  async function send(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const code = new FormData(event.currentTarget).get('code')?.toString().trim().toLowerCase() ?? ''
    setTrouble('')
    setBusy(true)
    try {
      const found = await client.fetchQuery({ queryKey: ['providers', code], queryFn: () => providersOf(code) })
      if (found.length > 0) heard(code)
      else setTrouble(t('signIn.accountNone'))
    } catch (error) {
      setTrouble(reason(error, t))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form onSubmit={(event) => void send(event)} aria-busy={isBusy} className="card flex flex-col gap-3 p-4">
      <label className="flex flex-col gap-1.5 text-sm font-medium">{t('signIn.accountCode')}
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- it has just been asked for */}
        <input name="code" required autoFocus dir="ltr" maxLength={100} autoComplete="organization" autoCapitalize="none" spellCheck={false} className="field" />
      </label>
      <p className="text-xs text-ink-2">{t('signIn.accountText')}</p>
      <p role="alert" className={trouble ? 'rounded-lg bg-bad-tint px-3 py-2 text-sm text-bad' : 'sr-only'}>{trouble}</p>
      <button type="submit" disabled={isBusy} className="btn">{t('signIn.accountFind')}</button>
    </form>
  )
}
