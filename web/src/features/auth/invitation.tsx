/** Whoever was invited chooses a password of their own. The invitation stands behind the # of the address: no server's log has it. */

import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { LanguageChoice, ThemeChoice } from '@/components/choices'
import { Form, type Field, type Given } from '@/components/form'
import { Problem } from '@/lib/problem'

export function Invitation() {
  const { t } = useTranslation()
  const [isDone, setDone] = useState(false)
  const [sent] = useState(() => location.hash.slice(1))
  const fields: Field[] = [
    ...(sent ? [] : [{ name: 'token', label: t('invitation.token'), ltr: true, required: true } satisfies Field]),
    { name: 'password', label: t('account.next'), kind: 'password', required: true, least: 12, autoComplete: 'new-password', hint: t('account.nextHint') },
  ]
  const perform = async ({ token, password }: Given): Promise<void> => {
    try {
      await data(api.POST('/api/v1/auth/invitation', { body: { token: sent || String(token), password: String(password) } }))
      setDone(true)
    } catch (error) {
      if (error instanceof Problem && error.status === 401) throw new Problem(422, { detail: t('invitation.gone') })
      throw error
    }
  }
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex items-center justify-end gap-1 p-3"><ThemeChoice /><LanguageChoice /></header>
      <main id="main" className="mx-auto flex w-full max-w-sm flex-1 flex-col justify-center px-5 pb-24">
        <img src="/icon.svg" alt="" className="mb-5 size-14 rounded-2xl" />
        <h1 className="text-2xl font-semibold">{t('invitation.title')}</h1>
        <p role="status" className="mb-6 mt-1 text-sm text-ink-2">{t(isDone ? 'invitation.done' : 'invitation.text')}</p>
        {isDone ? null : <Form fields={fields} go={t('save')} perform={perform} />}
        <Link to="/sign-in" className={isDone ? 'btn btn-primary h-12 text-base' : 'btn mt-4'}>{t('signIn.go')}</Link>
      </main>
    </div>
  )
}
