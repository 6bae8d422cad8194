/** A shared phone: who may enrols it here, and everybody who uses it has a PIN of their own. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { enrol, enrolled, unenrol } from '@/api/device'
import { useHere } from '@/api/here'
import { useMay } from '@/api/people'
import { Card } from '@/components/card'
import { Form, type Given } from '@/components/form'
import { Sure } from '@/components/popup'
import { say } from '@/components/toast'
import { reason } from '@/lib/words'

export function Phone() {
  const { t } = useTranslation()
  const here = useHere()
  const may = useMay()
  const [isSure, setSure] = useState(false)
  const client = useQueryClient()
  const { data: phone } = useQuery({ queryKey: ['this-phone'], queryFn: async () => (await enrolled()) ?? null })
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: ['this-phone'] })
  const forget = (): void => void unenrol().then(again).then(() => say(t('pin.unenrolDone')), (error: unknown) => say(reason(error, t), true))
  const setPin = async ({ current_password, pin }: Given): Promise<void> => {
    await data(api.POST('/api/v1/me/pin', { body: { current_password: String(current_password), pin: String(pin) } }))
    say(t('pin.done'))
  }
  return (
    <Card title={t('pin.title')} text={t('pin.text')}>
      <Form go={t('save')} perform={setPin} fields={[
        { name: 'current_password', label: t('account.current'), kind: 'password', required: true, autoComplete: 'current-password' },
        { name: 'pin', label: t('pin.pin'), kind: 'password', required: true, least: 6, hint: t('pin.hint'), autoComplete: 'new-password' },
      ]} />
      {may('phone.manage') && here && (phone ? (
        <div className="flex items-center justify-between gap-3 border-t border-line pt-4 text-sm"><span>{t('pin.enrolled', { name: phone.name })}</span><button type="button" className="btn" onClick={() => setSure(true)}>{t('pin.unenrol')}</button></div>
      ) : (
        <div className="border-t border-line pt-4">
          <p className="mb-3 text-sm text-ink-2">{t('pin.enrolText')}</p>
          <Form go={t('pin.enrol')} fields={[{ name: 'name', label: t('pin.name'), required: true }]} perform={async ({ name }) => { await enrol(here.id, String(name)); await again(); say(t('pin.enrolDone')) }} />
        </div>
      ))}
      {isSure && <Sure title={t('pin.unenrol')} text={t('pin.unenrolText')} go={t('pin.unenrol')} close={() => setSure(false)} perform={forget} />}
    </Card>
  )
}
