/** Those outside of the house who repair for it: how one reaches them, what they take on, what they charge. */

import type { TFunction } from 'i18next'
import { Check, MessageCircle, Phone, Truck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { useFresh } from '@/api/fresh'
import { useHere, type Here } from '@/api/here'
import { MANY, type Category } from '@/api/queries'
import { useTrades } from '@/api/trades'
import { Chip, Choice } from '@/components/filters'
import type { Field, Given } from '@/components/form'
import { Inside, type Vendor } from '@/features/vendors/inside'
import { CatalogueOf as catalogue, type Catalogue } from '@/frame/catalogue'
import { dialled } from '@/lib/digits'
import { LANGUAGES } from '@/lib/i18n'
import { Problem } from '@/lib/problem'
import { useWanted } from '@/lib/wanted'


const CHANNELS = ['whatsapp', 'sms', 'email', 'call_only'] as const
const DOES = 'does.'

/** Else it is said what is missing. */
function reached(given: Given, t: TFunction): Given {
  if (typeof given.phone !== 'string') return given
  const phone = dialled(given.phone)
  if (!phone) throw new Problem(422, { errors: [{ pointer: '/phone', message: t('vendors.phoneHint') }] })
  return { ...given, phone }
}

/** As the server has it: the kinds of repairs as a list where a tick was changed, beside those that were left alone; an hour's price with its currency. */
function bodyOf(given: Given, currency: string | undefined, old: readonly string[] = []): Given {
  const ticks = Object.keys(given).filter((name) => name.startsWith(DOES))
  const rest = Object.fromEntries(Object.entries(given).filter(([name]) => !name.startsWith(DOES)))
  if (ticks.length === 0) return priced(rest, currency)
  const does = [...old.filter((code) => !ticks.includes(DOES + code)), ...ticks.filter((name) => given[name] === true).map((name) => name.slice(DOES.length))]
  return { ...priced(rest, currency), categories: does }
}
const priced = (given: Given, currency: string | undefined): Given => ({ ...given, ...('hourly_rate' in given && { currency: given.hourly_rate === null ? null : currency }) })

function Reach({ one }: { one: Vendor }) {
  const { t } = useTranslation()
  if (!one.phone) return one.email ? <a href={`mailto:${one.email}`} dir="ltr" className="relative z-10 break-all text-brand-text hover:underline">{one.email}</a> : null
  return (
    <span className="relative z-10 inline-flex flex-wrap items-center gap-x-3">
      <a href={`tel:${one.phone}`} className="inline-flex min-h-9 items-center gap-1.5 text-brand-text hover:underline max-md:min-h-11"><Phone size={14} aria-hidden /><span className="num" dir="ltr">{one.phone}</span></a>
      {one.channel === 'whatsapp' && <a href={`https://wa.me/${one.phone.replace(/\D/g, '')}`} target="_blank" rel="noreferrer" className="inline-flex min-h-9 items-center gap-1.5 text-brand-text hover:underline max-md:min-h-11"><MessageCircle size={14} aria-hidden />{t('vendors.write')}</a>}
    </span>
  )
}

interface Around {
  t: TFunction
  here: Here | undefined
  trades: readonly Category[]
  trade: (code: string) => string
  wanted: { category?: string; retired?: string }
  want: (change: { category?: string; retired?: string }) => void
}

function kindOf({ t, here, trades, trade, wanted, want }: Around): Catalogue<Vendor> {
  const place = here?.id ?? ''
  const fields = (one: Vendor | undefined): Field[] => [
    { name: 'name', label: t('vendors.name'), required: true, initial: one?.name },
    { name: 'channel', label: t('vendors.channel'), kind: 'select', required: true, hint: t('vendors.channelHint'), options: CHANNELS.map((channel) => [channel, t(`vendors.channels.${channel}`)] as const), initial: one?.channel },
    { name: 'contact', label: t('vendors.contact'), initial: one?.contact },
    { name: 'phone', label: t('vendors.phone'), kind: 'phone', hint: t('vendors.phoneHint'), initial: one?.phone },
    { name: 'email', label: t('vendors.email'), kind: 'email', initial: one?.email },
    { name: 'language', label: t('vendors.language'), kind: 'select', hint: t('vendors.languageHint'), options: spoken(one?.language), initial: one?.language },
    { name: 'hourly_rate', label: t('vendors.rateIn', { currency: one?.currency ?? here?.currency }), kind: 'number', step: 'any', min: 0, initial: one?.hourly_rate },
    ...trades.filter((kind) => kind.active).map((kind): Field => ({ name: DOES + kind.code, label: t('vendors.does', { what: trade(kind.code) }), kind: 'check', initial: one?.categories.includes(kind.code) ?? false })),
    { name: 'note', label: t('vendors.note'), kind: 'textarea', initial: one?.note },
  ]
  return {
    words: 'vendors', icon: Truck, key: ['vendors', 'list', place, wanted.category, wanted.retired], manage: 'vendor.manage',
    ask: (cursor, signal) => data(api.GET('/api/v1/maintenance/vendors', { params: { query: { active: !wanted.retired, category: wanted.category, limit: MANY, cursor } }, signal })),
    single: (id, signal) => data(api.GET('/api/v1/maintenance/vendors/{vendor_id}', { params: { path: { vendor_id: id } }, signal })),
    name: (one) => one.name,
    find: (one) => `${one.contact ?? ''} ${one.phone ?? ''} ${one.categories.map(trade).join(' ')}`,
    columns: [
      { name: t('vendors.name'), show: (one) => <bdi>{one.name}</bdi> },
      { name: t('vendors.channel'), show: (one) => t(`vendors.channels.${one.channel}`) },
      { name: t('vendors.contact'), show: (one) => one.contact && <bdi>{one.contact}</bdi> },
      { name: t('vendors.phone'), show: (one) => (one.phone ?? one.email) && <Reach one={one} /> },
      { name: t('vendors.trades'), show: (one) => one.categories.map(trade).join(', ') },
      { name: t('vendors.active'), show: (one) => one.active ? <span className="inline-flex items-center gap-1"><Check size={14} aria-hidden />{t('vendors.isActive')}</span> : t('vendors.isRetired') },
    ],
    fields,
    make: async (given) => data(api.POST('/api/v1/maintenance/vendors', { body: { ...bodyOf(reached(given, t), here?.currency), property_id: place } as never })),
    change: async (one, given) => data(api.PATCH('/api/v1/maintenance/vendors/{vendor_id}', {
      params: { path: { vendor_id: one.id } }, body: { ...bodyOf(reached(given, t), one.currency ?? here?.currency, one.categories), version: one.version },
    })),
    filters: (
      <>
        <Choice name={t('vendors.trades')} value={wanted.category} options={trades.map((one) => [one.code, trade(one.code)])} set={(category) => want({ category })} />
        <Chip on={wanted.retired !== undefined} set={(on) => want({ retired: on ? 'yes' : undefined })}>{t('vendors.isRetired')}</Chip>
      </>
    ),
    isFiltered: Boolean(wanted.category ?? wanted.retired),
    inside: (one) => <Inside one={one} zone={here?.zone ?? 'UTC'} />,
  }
}

export function Vendors() {
  const { t } = useTranslation()
  const here = useHere()
  const [wanted, want] = useWanted<{ category?: string; retired?: string }>()
  useFresh(['maintenance.vendor.'], ['vendors'])
  const { all: trades, name: trade } = useTrades()
  return catalogue(kindOf({ t, here, trades, trade, wanted, want }))
}

const spoken = (old: string | null | undefined) => {
  const known = Object.entries(LANGUAGES).map(([code, { name }]) => [code, name] as const)
  return old && !known.some(([code]) => code === old) ? [...known, [old, old] as const] : known
}
