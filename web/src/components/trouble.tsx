/** A page that could not be had: why, and what to do. */

import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { CloudOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Problem } from '@/lib/problem'
import { Nothing } from '@/components/states'
import { reason } from '@/lib/words'

export function Trouble({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation()
  const router = useRouter()
  const again = (): void => {
    reset()
    void router.invalidate()
  }
  const trace = error instanceof Problem ? error.more.trace_id : undefined
  return (
    <div className="px-4">
      <Nothing icon={CloudOff} title={t('error.title')} text={error instanceof Problem && error.unanswered ? t('error.offline') : reason(error, t)}>
        <button type="button" className="btn btn-primary" onClick={again}>{t('error.again')}</button>
        {typeof trace === 'string' && <p className="text-xs text-ink-3">{t('error.trace')} <code dir="ltr">{trace}</code></p>}
      </Nothing>
    </div>
  )
}
