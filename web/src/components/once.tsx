/** What is shown only once: to be copied, then never seen again. */

import { Copy, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Popup } from '@/components/popup'
import { say } from '@/components/toast'

interface Props {
  title: string
  text: string
  /** What is copied. */
  secret: string
  close: () => void
  children: ReactNode
}

export function Once({ title, text, secret, close, children }: Props) {
  const { t } = useTranslation()
  const copy = (): void => void navigator.clipboard.writeText(secret).then(() => say(t('once.copied')), () => say(t('once.notCopied'), true))
  return (
    <Popup title={title} close={close} firm>
      <div className="flex flex-col gap-4">
        <p className="text-sm text-ink-2">{text}</p>
        {children}
        <div className="flex justify-end gap-2">
          <button type="button" className="btn" onClick={copy}><Copy size={16} aria-hidden />{t('once.copy')}</button>
          <button type="button" className="btn btn-primary" onClick={close}>{t('once.kept')}</button>
        </div>
      </div>
    </Popup>
  )
}

export const Line = ({ icon: Icon, children }: { icon: LucideIcon; children: string }) => (
  <code dir="ltr" className="flex select-all gap-2 break-all rounded-lg bg-sunken px-3 py-3 text-sm"><Icon size={16} className="mt-0.5 shrink-0 text-ink-3" aria-hidden />{children}</code>
)
