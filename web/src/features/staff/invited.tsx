/** An invitation, shown once: whoever has it chooses their own password. */

import type { components } from '@/api/schema'
import { Copy, type LucideIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Popup } from '@/components/popup'
import { say } from '@/components/toast'
import { moment } from '@/lib/i18n'

export type Invitation = components['schemas']['InvitationOut']

export function Invited({ of, zone, icon: Icon, close }: { of: Invitation; zone: string; icon: LucideIcon; close: () => void }) {
  const { t } = useTranslation()
  const link = `${location.origin}/invitation#${of.token}`
  const copy = (): void => void navigator.clipboard.writeText(link).then(() => say(t('staff.copied')), () => say(t('staff.notCopied'), true))
  return (
    <Popup title={t('staff.invited')} close={close} firm>
      <div className="flex flex-col gap-4">
        <p className="text-sm text-ink-2">{t('staff.invitedText', { at: moment(of.expires_at, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }) })}</p>
        <code dir="ltr" className="flex select-all gap-2 break-all rounded-lg bg-sunken px-3 py-3 text-sm"><Icon size={16} className="mt-0.5 shrink-0 text-ink-3" aria-hidden />{link}</code>
        <div className="flex justify-end gap-2">
          <button type="button" className="btn" onClick={copy}><Copy size={16} aria-hidden />{t('staff.copy')}</button>
          <button type="button" className="btn btn-primary" onClick={close}>{t('close')}</button>
        </div>
      </div>
    </Popup>
  )
}
