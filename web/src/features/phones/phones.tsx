/** Phones that this hotel trusts: on them one signs in with a PIN. A lost one is taken out here. */

import type { TFunction } from 'i18next'
import { Smartphone, Unplug } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { useFresh } from '@/api/fresh'
import { useHere, type Here } from '@/api/here'
import { MANY } from '@/api/queries'
import type { components } from '@/api/schema'
import { useAct, type Actions } from '@/frame/act'
import { CatalogueOf as catalogue, type Catalogue } from '@/frame/catalogue'
import { useNow } from '@/lib/clock'
import { distance } from '@/lib/i18n'

type Phone = components['schemas']['PhoneOut']
interface Around {
  t: TFunction
  here: Here | undefined
  now: number
}

const kindOf = ({ t, here, now }: Around): Catalogue<Phone> => ({
  words: 'phones', icon: Smartphone, key: ['phones', here?.id], manage: 'phone.manage',
  ask: async (cursor, signal) => {
    const page = await data(api.GET('/api/v1/phones', { params: { query: { limit: MANY, cursor } }, signal }))
    return { ...page, items: page.items.filter((one) => one.property_id === here?.id && one.revoked_at === null) }
  },
  name: (one) => one.name,
  find: (one) => one.handle,
  columns: [
    { name: t('phones.name'), show: (one) => <bdi>{one.name}</bdi> },
    { name: t('phones.handle'), show: (one) => <span dir="ltr" className="break-all">{one.handle}</span> },
    { name: t('phones.since'), show: (one) => distance(one.enrolled_at, now) },
  ],
  fields: () => [],
  inside: (one) => <Inside one={one} zone={here?.zone ?? 'UTC'} />,
})

export function Phones() {
  const { t } = useTranslation()
  const here = useHere()
  const now = useNow()
  useFresh(['access.phone.'], ['phones'])
  return catalogue(kindOf({ t, here, now }))
}

function Inside({ one, zone }: { one: Phone; zone: string }) {
  const { t } = useTranslation()
  const actions: Actions<Phone> = { revoke: { icon: Unplug, isGrave: true, perform: (phone) => data(api.POST('/api/v1/phones/{phone_id}/revoke', { params: { path: { phone_id: phone.id } } })) } }
  const label = (name: string): string => t(`phones.act.${name}`)
  const { begin, asks, isBusy } = useAct(actions, label, zone, [['phones']])
  return (
    <>
      {one.allowed_actions.includes('revoke') && one.revoked_at === null && (
        <div className="flex flex-col gap-2"><p className="text-sm text-ink-2">{t('phones.revokeText')}</p><button type="button" disabled={isBusy} className="btn self-start text-bad" onClick={() => begin('revoke', one)}><Unplug size={16} aria-hidden />{label('revoke')}</button></div>
      )}
      {asks}
    </>
  )
}
