/** A list of things that a hotel keeps: found, opened, made, changed. Each feature says only what is its own. */

import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { Plus, SearchX, type LucideIcon } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFollow, useHere } from '@/api/here'
import type { Permission } from '@/api/house'
import { useMay } from '@/api/people'
import { put } from '@/api/put'
import { paged } from '@/api/queries'
import { useWhole } from '@/api/whole'
import { Ask } from '@/components/ask'
import { Find, Row } from '@/components/filters'
import { changed, Form, stood, type Field, type Given } from '@/components/form'
import { List, type Column } from '@/components/list'
import { Page } from '@/components/page'
import { Popup } from '@/components/popup'
import { Nothing } from '@/components/states'
import { say } from '@/components/toast'
import { NextMove, useAct, type Actions } from '@/frame/act'
import { plain } from '@/lib/digits'
import { useWanted } from '@/lib/wanted'
import { reason } from '@/lib/words'

interface Thing {
  id: string
  property_id?: string | null
}
export interface Catalogue<T extends Thing> {
  /** Its words: `title`, `one`, `make`, `empty`, `emptyText` stand under this name. */
  words: string
  icon: LucideIcon
  /** Begins the key of its question; what filters stand in the address belongs to it. */
  key: readonly unknown[]
  ask: (cursor: string | undefined, signal: AbortSignal) => Promise<{ items: T[]; next_cursor: string | null }>
  /** One that the list does not have: retired, or of another filter. */
  single?: (id: string, signal: AbortSignal) => Promise<T>
  columns: readonly Column<T>[]
  name: (one: T) => string
  /** What the search looks into, beside the name. */
  find?: (one: T) => string
  manage: Permission
  /** Of a new thing where there is none. */
  fields: (one: T | undefined) => readonly Field[]
  make?: (given: Given) => Promise<T>
  /** Instead of `make`, where a form is not enough. */
  begin?: (() => void) | undefined
  /** Only what was said otherwise is given. */
  change?: (one: T, given: Given) => Promise<T>
  actions?: Actions<T>
  names?: (one: T) => readonly string[]
  label?: (name: string) => string
  filters?: ReactNode
  isFiltered?: boolean
  inside?: (one: T) => ReactNode
  aside?: ReactNode
}

export function CatalogueOf<T extends Thing>(kind: Catalogue<T>) {
  const { t } = useTranslation()
  const may = useMay()
  const here = useHere()
  const [wanted, want] = useWanted<{ find?: string; id?: string; new?: string }>()
  const query = useInfiniteQuery(paged(kind.key, kind.ask))
  const items = query.data?.pages.flatMap((one) => one.items) ?? []
  const text = plain(wanted.find ?? '')
  const shown = text ? items.filter((one) => plain(`${kind.name(one)} ${kind.find?.(one) ?? ''}`).includes(text)) : items
  const listed = items.find((one) => one.id === wanted.id)
  const alone = useQuery({
    queryKey: [kind.key[0], 'single', wanted.id],
    queryFn: ({ signal }) => kind.single?.(wanted.id ?? '', signal) ?? Promise.reject(new Error('not listed')),
    enabled: Boolean(wanted.id && kind.single && query.isSuccess && !listed),
  })
  const open = listed ?? (alone.data?.id === wanted.id ? alone.data : undefined)
  useFollow(alone.data?.property_id)
  useWhole(query, Boolean(text))
  const makes = kind.make && may(kind.manage)
  const begin = makes ? () => want({ new: 'yes' }) : kind.begin
  const make = begin ? <button type="button" className="btn btn-primary" onClick={begin}><Plus size={17} aria-hidden />{t(`${kind.words}.make`)}</button> : null
  return (
    <Page title={t(`${kind.words}.title`)} about={t(`${kind.words}.about`)} actions={<>{kind.aside}{make}</>}>
      {!query.isLoadingError && <Row><Find name={t('find')} value={wanted.find} set={(find) => want({ find })} />{kind.filters}</Row>}
      <Ask query={query}>
        {() => shown.length > 0 ? (
          <List name={t(`${kind.words}.title`)} items={shown} columns={kind.columns} open={(one) => want({ id: one.id })} more={query.hasNextPage ? () => void query.fetchNextPage() : undefined} />
        ) : items.length > 0 || kind.isFiltered ? (
          <Nothing icon={SearchX} title={t('list.none')} text={t('list.noneText')} />
        ) : <Nothing icon={kind.icon} title={t(`${kind.words}.empty`)} text={t(`${kind.words}.emptyText`)}>{make}</Nothing>}
      </Ask>
      {wanted.new && makes && <Edit kind={kind} one={undefined} zone={here?.zone ?? 'UTC'} close={() => want({ new: undefined })} />}
      {open && !wanted.new && <Sheet kind={kind} one={open} zone={here?.zone ?? 'UTC'} close={() => want({ id: undefined })} />}
      {!open && alone.isError && wanted.id && (
        <Popup title={t('error.gone')} close={() => want({ id: undefined })}><p className="text-sm text-ink-2" dir="auto">{reason(alone.error, t)}</p></Popup>
      )}
    </Page>
  )
}

function Edit<T extends Thing>({ kind, one, zone, close }: { kind: Catalogue<T>; one: T | undefined; zone: string; close: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  /** As it stands in the form; the list's own may be newer by now. */
  const [was] = useState(one)
  const fields = kind.fields(was)
  const send = async (given: Given): Promise<T | undefined> => {
    if (!was) return kind.make?.(given)
    const said = changed(given, stood(fields))
    return Object.keys(said).length > 0 ? kind.change?.(was, said) : undefined
  }
  const perform = async (given: Given): Promise<void> => {
    try {
      put(client, await send(given))
    } finally {
      await client.invalidateQueries({ queryKey: [kind.key[0]] })
    }
    say(t('saved.done'))
    close()
  }
  return (
    <Popup title={one ? kind.name(one) : t(`${kind.words}.make`)} shape="side" close={close}>
      <Form fields={fields} go={t('save')} zone={zone} perform={perform} />
    </Popup>
  )
}

function Sheet<T extends Thing>({ kind, one, zone, close }: { kind: Catalogue<T>; one: T; zone: string; close: () => void }) {
  const { t } = useTranslation()
  const may = useMay()
  const [isEdited, setEdited] = useState(false)
  const label = kind.label ?? ((name: string) => t(`${kind.words}.act.${name}`))
  const { begin, asks, isBusy } = useAct<T>(kind.actions ?? {}, label, zone, [[kind.key[0]]])
  const names = kind.names?.(one) ?? []
  const allowed = (one as { allowed_actions?: readonly string[] }).allowed_actions
  const changes = kind.change !== undefined && may(kind.manage) && (!allowed || allowed.includes('update'))
  if (isEdited) return <Edit kind={kind} one={one} zone={zone} close={() => setEdited(false)} />
  return (
    <Popup title={kind.name(one)} shape="side" close={close}>
      <div className="flex flex-col gap-5">
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 text-sm">
          {kind.columns.slice(1).map((column) => <div key={column.name} className="contents"><dt className="text-ink-3">{column.name}</dt><dd className={clsx('min-w-0 font-medium', column.isFigure && 'num')}>{column.show(one) || '–'}</dd></div>)}
        </dl>
        {names.length > 0 && kind.actions && <NextMove one={one} names={names} actions={kind.actions} label={label} begin={begin} isBusy={isBusy} />}
        {changes && <button type="button" className="btn" onClick={() => setEdited(true)}>{t('edit')}</button>}
        {kind.inside?.(one)}
      </div>
      {asks}
    </Popup>
  )
}
