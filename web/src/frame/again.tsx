/** A session that ended under an open page: the same person proves who they are, and goes on where they were. */

import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { me } from '@/api/queries'
import { forget, signIn } from '@/api/session'
import { Form, type Field } from '@/components/form'
import { Popup } from '@/components/popup'

export function Again({ login }: { login: string }) {
  const { t } = useTranslation()
  const { data } = useQuery({ ...me(), enabled: false })
  const fields: Field[] = [
    { name: 'password', label: t('signIn.password'), kind: 'password', required: true, autoComplete: 'current-password' },
    ...(data?.second_factor_needed ? [{ name: 'code', label: t('signIn.code'), ltr: true } as const] : []),
  ]
  const perform = (given: Record<string, unknown>): Promise<void> =>
    signIn({ login, password: String(given.password), tenant: data?.tenant.code, code: given.code ? String(given.code) : undefined })
  return (
    <Popup title={t('again.title')} firm close={forget}>
      <p className="mb-4 text-sm text-ink-2">{t('again.text')}</p>
      <p className="mb-4 text-sm">{t('signIn.login')}: <strong dir="ltr">{login}</strong></p>
      <Form fields={fields} go={t('signIn.go')} perform={perform}><button type="button" className="btn" onClick={forget}>{t('again.leave')}</button></Form>
    </Popup>
  )
}
