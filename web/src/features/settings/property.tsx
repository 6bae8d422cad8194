/** The hotel itself, and the rules by which its rooms and repairs are run. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { put } from '@/api/put'
import { settings } from '@/api/queries'
import { Ask } from '@/components/ask'
import { Form, type Field, type Given } from '@/components/form'
import { say } from '@/components/toast'
import { Card } from '@/features/settings/card'

const short = (time: string): string => time.slice(0, 5)
const ZONES = typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : []
const LOCALES = ['fa-AF', 'ps-AF', 'ur-PK', 'ar', 'en-GB']
const CURRENCIES = ['AFN', 'PKR', 'IRR', 'AED', 'USD', 'EUR']

export function Policies({ place }: { place: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const query = useQuery(settings(place))
  return (
    <Card title={t('settings.rules')} text={t('settings.rulesText')}>
      <Ask query={query}>
        {({ policies: old, version }) => {
          const ticks = ['inspects', 'pickup', 'guest_names', 'oos_sellable', 'oos_assignable', 'gives_orders'] as const
          const figures = [['service_nights', 0, 30], ['vacant_days', 0, 90], ['closed_hours', 1, 2160], ['breaches_told', 0, 1000]] as const
          const fields: Field[] = [
            ...ticks.map((name): Field => ({ name, label: t(`settings.policy.${name}`), hint: t(`settings.hint.${name}`), kind: 'check', initial: old[name] })),
            ...figures.map(([name, min, max]): Field => ({ name, label: t(`settings.policy.${name}`), hint: t(`settings.hint.${name}`), kind: 'number', required: true, min, max, initial: old[name] })),
            { name: 'day_use_start', label: t('settings.policy.day_use_start'), kind: 'time', required: true, initial: short(old.day_use_start) },
            { name: 'day_use_end', label: t('settings.policy.day_use_end'), hint: t('settings.hint.day_use_end'), kind: 'time', required: true, initial: short(old.day_use_end) },
          ]
          const perform = async (given: Given): Promise<void> => {
            put(client, await data(api.PATCH('/api/v1/settings/{property_id}', { params: { path: { property_id: place } }, body: { ...given, version } as never })))
            say(t('saved.done'))
          }
          return <Form key={version} fields={fields} go={t('save')} perform={perform} />
        }}
      </Ask>
    </Card>
  )
}

export function Property({ place }: { place: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const query = useQuery(settings(place))
  return (
    <Card title={t('settings.hotel')} text={t('settings.hotelText')}>
      <Ask query={query}>
        {(old) => {
          const fields: Field[] = [
            { name: 'name', label: t('settings.name'), required: true, initial: old.name },
            { name: 'zone', label: t('settings.zone'), ltr: true, required: true, suggest: ZONES, hint: t('settings.zoneHint'), initial: old.zone },
            { name: 'currency', label: t('settings.currency'), ltr: true, required: true, suggest: CURRENCIES, initial: old.currency },
            { name: 'locale', label: t('settings.locale'), ltr: true, required: true, suggest: LOCALES, hint: t('settings.localeHint'), initial: old.locale },
            { name: 'check_in', label: t('settings.checkIn'), kind: 'time', required: true, initial: short(old.check_in) },
            { name: 'check_out', label: t('settings.checkOut'), kind: 'time', required: true, initial: short(old.check_out) },
            { name: 'rollover', label: t('settings.rollover'), kind: 'time', required: true, hint: t('settings.rolloverHint'), initial: short(old.rollover) },
          ]
          const perform = async (given: Given): Promise<void> => {
            put(client, await data(api.PATCH('/api/v1/properties/{property_id}', { params: { path: { property_id: place } }, body: { ...given, version: old.version } as never })))
            await client.invalidateQueries({ queryKey: ['me'] })
            say(t('saved.done'))
          }
          return <Form key={old.version} fields={fields} go={t('save')} perform={perform} />
        }}
      </Ask>
    </Card>
  )
}
