/** What somebody can do and which languages they speak: by it work is given out. */

import { useQuery } from '@tanstack/react-query'
import { Pencil } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { useMay } from '@/api/people'
import type { Staff as Person } from '@/api/queries'
import type { components } from '@/api/schema'
import { Facts, Part } from '@/components/page'
import { useAct, type Actions } from '@/frame/act'

type Can = components['schemas']['ProfileOut']
const SKILLS = ['checkout_cleaning', 'stay_over_cleaning', 'deep_cleaning', 'inspection', 'public_area_cleaning', 'laundry', 'plumbing', 'electrical', 'hvac', 'furniture', 'appliance', 'generator']
const shown = (codes: readonly string[]): string => codes.join(', ') || '–'

export function Profile({ one, zone }: { one: Person; zone: string }) {
  const { t } = useTranslation()
  const may = useMay()
  const { data: can } = useQuery({
    queryKey: ['staff', 'profile', one.id], enabled: may('roster.read'),
    queryFn: ({ signal }) => data(api.GET('/api/v1/staff/{staff_id}/profile', { params: { path: { staff_id: one.id } }, signal })),
  })
  const actions: Actions<Can> = {
    profile: {
      icon: Pencil,
      fields: [
        { name: 'skills', label: t('staff.skills'), kind: 'list', ltr: true, hint: t('staff.skillsHint', { some: SKILLS.slice(6).join(', ') }), suggest: SKILLS, initial: can?.skills },
        { name: 'languages', label: t('staff.languages'), kind: 'list', ltr: true, hint: t('staff.languagesHint'), initial: can?.languages },
        { name: 'external_code', label: t('staff.outside'), ltr: true, hint: t('staff.outsideHint'), initial: can?.external_code },
      ],
      perform: (old, given) => data(api.PATCH('/api/v1/staff/{staff_id}/profile', { params: { path: { staff_id: old.staff_id } }, body: { ...given, version: old.version } })),
    },
  }
  const label = (name: string): string => t(`staff.act.${name}`)
  const { begin, asks } = useAct(actions, label, zone, [['staff']])
  return (
    <>
      {one.email && <Facts rows={[[t('staff.email'), <a key="e" href={`mailto:${one.email}`} dir="ltr" className="break-all text-brand-text hover:underline">{one.email}</a>]]} />}
      {can && (
        <Part title={t('staff.profile')} aside={may('roster.manage') && <button type="button" className="btn h-9 text-xs" onClick={() => begin('profile', can)}><Pencil size={14} aria-hidden />{t('edit')}</button>}>
          <Facts rows={[[t('staff.skills'), shown(can.skills.map((code) => t(`task.${code}`, { defaultValue: code })))], [t('staff.languages'), shown(can.languages)], [t('staff.outside'), can.external_code]]} />
        </Part>
      )}
      {asks}
    </>
  )
}
