/** The hotel itself, and the rules by which its rooms and repairs are run. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { put } from '@/api/put'
import { settings } from '@/api/queries'
import type { components } from '@/api/schema'
import { Ask } from '@/components/ask'
import { changed, Form, stood, type Field, type Given } from '@/components/form'
import { say } from '@/components/toast'
import { Card } from '@/components/card'

const short = (time: string): string => time.slice(0, 5)
const ZONES = typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : []
const LOCALES = ['fa-AF', 'ps-AF', 'ur-PK', 'ar', 'en-GB']
const CURRENCIES = ['AFN', 'PKR', 'IRR', 'AED', 'USD', 'EUR']

type Found = components['schemas']['PropertyOut']
interface Props {
  found: Found
  fieldsOf: (one: Found) => Field[]
  save: (said: Given, version: number) => Promise<Found>
}

/** It stays as it was opened: two forms have one answer between them, and the save of one wipes nothing in the other. */
function Kept({ found, fieldsOf, save }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [was, setWas] = useState(found)
  const fields = fieldsOf(was)
  const perform = async (given: Given): Promise<void> => {
    const said = changed(given, stood(fields))
    if (Object.keys(said).length > 0) {
      const isOld = Object.keys(changed(stood(fieldsOf(found)), stood(fields))).length > 0 // somebody else changed what stands here
      const next = await save(said, (isOld ? was : found).version)
      put(client, next)
      setWas(next)
    }
    say(t('saved.done'))
  }
  return <Form fields={fields} go={t('save')} perform={perform} />
}

export function Policies({ place }: { place: string }) {
  const { t } = useTranslation()
  const query = useQuery(settings(place))
  const fieldsOf = ({ policies: old }: Found): Field[] => {
    const ticks = ['inspects', 'pickup', 'guest_names', 'oos_sellable', 'oos_assignable', 'gives_orders'] as const
    const figures = [['service_nights', 0, 30], ['vacant_days', 0, 90], ['closed_hours', 1, 2160], ['breaches_told', 0, 1000]] as const
    return [
      ...ticks.map((name): Field => ({ name, label: t(`settings.policy.${name}`), hint: t(`settings.hint.${name}`), kind: 'check', initial: old[name] })),
      ...figures.map(([name, min, max]): Field => ({ name, label: t(`settings.policy.${name}`), hint: t(`settings.hint.${name}`), kind: 'number', required: true, min, max, initial: old[name] })),
      { name: 'day_use_start', label: t('settings.policy.day_use_start'), kind: 'time', required: true, initial: short(old.day_use_start) },
      { name: 'day_use_end', label: t('settings.policy.day_use_end'), hint: t('settings.hint.day_use_end'), kind: 'time', required: true, initial: short(old.day_use_end) },
    ]
  }
  const save = (said: Given, version: number): Promise<Found> => data(api.PATCH('/api/v1/settings/{property_id}', { params: { path: { property_id: place } }, body: { ...said, version } as never }))
  return <Card title={t('settings.rules')} text={t('settings.rulesText')}><Ask query={query}>{(found) => <Kept found={found} fieldsOf={fieldsOf} save={save} />}</Ask></Card>
}

export function Property({ place }: { place: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const query = useQuery(settings(place))
  const fieldsOf = (old: Found): Field[] => [
    { name: 'name', label: t('settings.name'), required: true, initial: old.name },
    { name: 'zone', label: t('settings.zone'), ltr: true, required: true, suggest: ZONES, hint: t('settings.zoneHint'), initial: old.zone },
    { name: 'currency', label: t('settings.currency'), ltr: true, required: true, suggest: CURRENCIES, initial: old.currency },
    { name: 'locale', label: t('settings.locale'), ltr: true, required: true, suggest: LOCALES, hint: t('settings.localeHint'), initial: old.locale },
    { name: 'check_in', label: t('settings.checkIn'), kind: 'time', required: true, initial: short(old.check_in) },
    { name: 'check_out', label: t('settings.checkOut'), kind: 'time', required: true, initial: short(old.check_out) },
    { name: 'rollover', label: t('settings.rollover'), kind: 'time', required: true, hint: t('settings.rolloverHint'), initial: short(old.rollover) },
  ]
  const save = async (said: Given, version: number): Promise<Found> => {
    const next = await data(api.PATCH('/api/v1/properties/{property_id}', { params: { path: { property_id: place } }, body: { ...said, version } as never }))
    await client.invalidateQueries({ queryKey: ['me'] })
    return next
  }
  return <Card title={t('settings.hotel')} text={t('settings.hotelText')}><Ask query={query}>{(found) => <Kept found={found} fieldsOf={fieldsOf} save={save} />}</Ask></Card>
}
