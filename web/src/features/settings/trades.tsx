/** Kinds of repairs, in the languages of the house; they belong to the whole company. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Pencil, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { useFresh } from '@/api/fresh'
import { categories, type Category } from '@/api/queries'
import { named } from '@/api/trades'
import { Ask } from '@/components/ask'
import { Badge } from '@/components/bits'
import { Form, type Field, type Given } from '@/components/form'
import { Popup } from '@/components/popup'
import { say } from '@/components/toast'
import { Card } from '@/components/card'
import { LANGUAGES } from '@/lib/i18n'

/** Dari is `fa-AF` in the names that the server itself gives. */
const SPOKEN = Object.entries(LANGUAGES).map(([code, { name, locale }]) => [code === 'fa' ? locale : code, name] as const)

export function Trades() {
  const { t, i18n } = useTranslation()
  const query = useQuery(categories())
  const [open, setOpen] = useState<Category | 'new' | null>(null)
  useFresh(['maintenance.category.'], ['categories'])
  const may = query.data?.some((one) => one.allowed_actions.includes('update')) ?? false
  return (
    <Card title={t('settings.trades')} text={may ? t('settings.tradesText') : t('settings.tradesShared')}>
      <Ask query={query}>
        {(found) => (
          <ul className="flex flex-col text-sm">
            {found.map((one) => (
              <li key={one.id} className="flex min-h-11 items-center justify-between gap-3 border-b border-line py-1 last:border-0">
                <span className="min-w-0"><bdi className="block truncate font-medium">{named(one.names, i18n.language, one.code)}</bdi><code dir="ltr" className="text-xs text-ink-3">{one.code}</code></span>
                <span className="flex shrink-0 items-center gap-2">{!one.active && <Badge look="out_of_service">{t('settings.tradeOff')}</Badge>}{one.allowed_actions.includes('update') && <button type="button" className="btn btn-ghost btn-icon" aria-label={t('settings.tradeEdit', { name: named(one.names, i18n.language, one.code) })} onClick={() => setOpen(one)}><Pencil size={16} aria-hidden /></button>}</span>
              </li>
            ))}
          </ul>
        )}
      </Ask>
      {may && <button type="button" className="btn self-start" onClick={() => setOpen('new')}><Plus size={16} aria-hidden />{t('settings.tradeMake')}</button>}
      {open && <Edit one={open === 'new' ? undefined : open} close={() => setOpen(null)} />}
    </Card>
  )
}

function Edit({ one, close }: { one: Category | undefined; close: () => void }) {
  const { t, i18n } = useTranslation()
  const client = useQueryClient()
  const key = (language: string): string => Object.keys(one?.names ?? {}).find((name) => name.startsWith(language.slice(0, 2))) ?? language
  const fields: Field[] = [
    ...(one ? [] : [{ name: 'code', label: t('settings.tradeCode'), ltr: true, required: true, unique: 'category_code', hint: t('settings.tradeCodeHint') } satisfies Field]),
    ...SPOKEN.map(([language, name]): Field => ({ name: `in.${language}`, label: t('settings.tradeName', { language: name }), required: language === 'en', initial: one?.names[key(language)] })),
    ...(one ? [{ name: 'active', label: t('settings.tradeOn'), kind: 'check', hint: t('settings.tradeOnHint'), initial: one.active } satisfies Field] : []),
  ]
  const perform = async ({ code, active, ...given }: Given): Promise<void> => {
    const written = SPOKEN.flatMap(([language]) => { const text = given[`in.${language}`]; return typeof text === 'string' ? [[key(language), text] as const] : [] })
    const others = Object.entries(one?.names ?? {}).filter(([name]) => !SPOKEN.some(([language]) => key(language) === name))
    const names = Object.fromEntries([...others, ...written])
    await data(one
      ? api.PATCH('/api/v1/maintenance/categories/{category_id}', { params: { path: { category_id: one.id } }, body: { names, active: active === true, version: one.version } })
      : api.POST('/api/v1/maintenance/categories', { body: { code: String(code), names } }))
    await client.invalidateQueries({ queryKey: ['categories'] })
    say(t('saved.done'))
    close()
  }
  return <Popup title={one ? named(one.names, i18n.language, one.code) : t('settings.tradeMake')} close={close}><Form fields={fields} go={t('save')} perform={perform} /></Popup>
}
