/** The way in on a shared phone: who one is, and a PIN on keys that a thumb hits. */

import { Delete } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { latin } from '@/lib/digits'
import { kept } from '@/lib/kept'

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const
const LEAST = 6
const MOST = 12
const login = kept('serai.login')

export function PinPad({ enter, isBusy }: { enter: (login: string, pin: string) => void; isBusy: boolean }) {
  const { t } = useTranslation()
  const [pin, setPin] = useState('')
  const [who, setWho] = useState(login.get() ?? '')
  const add = (digit: string): void => setPin((old) => (old + digit).slice(0, MOST))
  const go = (): void => {
    login.set(who)
    enter(who, pin)
    setPin('')
  }
  return (
    <form onSubmit={(event) => { event.preventDefault(); go() }} className="flex flex-col gap-4">
      <label className="flex flex-col gap-1.5 text-sm font-medium">{t('signIn.login')}
        <input name="login" required dir="ltr" autoComplete="username" autoCapitalize="none" spellCheck={false} value={who} onChange={(change) => setWho(change.target.value)} className="field" />
      </label>
      <label className="flex flex-col gap-1.5 text-sm font-medium">{t('pin.pin')}
        <input name="pin" type="password" required dir="ltr" inputMode="numeric" autoComplete="off" minLength={LEAST} maxLength={MOST} value={pin} onChange={(change) => setPin(latin(change.target.value).replaceAll(/\D/g, ''))} className="field text-center text-2xl tracking-[.4em]" />
      </label>
      <div dir="ltr" className="grid grid-cols-3 gap-2">
        {KEYS.map((one) => <button key={one} type="button" className="btn h-16 rounded-xl text-2xl font-semibold" onClick={() => add(one)}>{one}</button>)}
        <button type="button" className="btn h-16 rounded-xl" aria-label={t('pin.back')} onClick={() => setPin((old) => old.slice(0, -1))}><Delete size={22} aria-hidden /></button>
        <button type="button" className="btn h-16 rounded-xl text-2xl font-semibold" onClick={() => add('0')}>0</button>
        <button type="submit" disabled={isBusy || pin.length < LEAST} className="btn btn-primary h-16 rounded-xl text-base font-semibold">{t('signIn.go')}</button>
      </div>
    </form>
  )
}
