/** A newer app waits on this device: it comes when the person says so, never under a half-filled form. */

import { RefreshCw } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { registerSW } from 'virtual:pwa-register'

const HOUR = 3_600_000

export function Update() {
  const { t } = useTranslation()
  const [go, setGo] = useState<(() => void) | null>(null)
  useEffect(() => {
    const update = registerSW({
      onNeedRefresh: () => setGo(() => () => void update(true)),
      onRegisteredSW: (_, found) => {
        if (found) setInterval(() => void found.update().catch(() => null), HOUR)
      },
    })
  }, [])
  if (!go) return null
  return (
    <div role="status" className="fixed inset-x-3 top-16 z-40 mx-auto flex max-w-md items-center gap-3 rounded-xl border border-line bg-surface px-4 py-3 text-sm shadow-pop">
      <RefreshCw size={18} className="shrink-0 text-brand-text" aria-hidden /><span className="flex-1">{t('update.text')}</span>
      <button type="button" className="btn btn-primary" onClick={go}>{t('update.go')}</button>
    </div>
  )
}
