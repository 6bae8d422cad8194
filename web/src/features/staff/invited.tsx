/** An invitation, shown once: whoever has it chooses their own password. */

import type { components } from '@/api/schema'
import type { LucideIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Line, Once } from '@/components/once'
import { moment } from '@/lib/i18n'

export type Invitation = components['schemas']['InvitationOut']

export function Invited({ of, zone, icon, close }: { of: Invitation; zone: string; icon: LucideIcon; close: () => void }) {
  const { t } = useTranslation()
  const link = `${location.origin}/invitation#${of.token}`
  const text = t('staff.invitedText', { at: moment(of.expires_at, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }) })
  return <Once title={t('staff.invited')} text={text} secret={link} close={close}><Line icon={icon}>{link}</Line></Once>
}
