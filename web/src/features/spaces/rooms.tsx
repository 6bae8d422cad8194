/** The rooms themselves: their numbers, where they lie, how many sleep in them; one by one or from a file. */

import { useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { Archive, BedDouble, FileUp } from 'lucide-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { useFresh } from '@/api/fresh'
import { useHere, type Here } from '@/api/here'
import { useMay } from '@/api/people'
import { every, MANY, type BoardRoom } from '@/api/queries'
import type { components } from '@/api/schema'
import { Choice } from '@/components/filters'
import type { Field, Given } from '@/components/form'
import { useAct, type Actions } from '@/frame/act'
import { CatalogueOf as catalogue, type Catalogue } from '@/frame/catalogue'
import { number } from '@/lib/i18n'
import { useWanted } from '@/lib/wanted'

const Import = lazy(() => import('@/features/spaces/import').then((found) => ({ default: found.Import })))

type Space = components['schemas']['SpaceOut']
type Door = Space & Pick<BoardRoom, 'number' | 'room_type' | 'floor' | 'section'>

/** The board knows where a room lies, the list of places how many sleep in it: both together. */
async function doors(place: string, signal: AbortSignal): Promise<Door[]> {
  const [shown, spaces] = await Promise.all([
    data(api.GET('/api/v1/rooms', { params: { query: { property_id: place } }, signal })),
    every((cursor) => data(api.GET('/api/v1/spaces', { params: { query: { property_id: place, kind: 'room', limit: MANY, cursor } }, signal }))),
  ])
  const known = new Map(shown.items.map((one) => [one.id, one]))
  return spaces.flatMap((one) => {
    const room = known.get(one.id)
    return room ? [{ ...one, number: room.number, room_type: room.room_type, floor: room.floor, section: room.section }] : []
  })
}
const NONE: readonly Door[] = []
/** A room without a name of its own has its number for one. */
const called = (one: Door, { name, number: next = one.number }: Given): Given =>
  name === null || (name === undefined && one.name === one.number) ? { name: next } : {}
const unique = (texts: readonly (string | null | undefined)[]): string[] => [...new Set(texts)].flatMap((one) => one || []).toSorted((a, b) => a.localeCompare(b, undefined, { numeric: true }))

interface Wanted {
  floor?: string
  type?: string
}
interface Around {
  t: TFunction
  here: Here | undefined
  all: readonly Door[]
  wanted: Wanted
  want: (change: Wanted) => void
  isMade: boolean
  begin: () => void
}

function kindOf({ t, here, all, wanted, want, isMade, begin }: Around): Catalogue<Door> {
  const place = here?.id ?? ''
  const floors = unique(all.map((one) => one.floor))
  const types = unique(all.map((one) => one.room_type))
  const fields = (one: Door | undefined): Field[] => [
    { name: 'number', label: t('rooms.number'), ltr: true, required: true, unique: 'space_number', initial: one?.number },
    { name: 'room_type', label: t('rooms.type'), ltr: true, required: true, hint: t('rooms.typeHint'), suggest: types, initial: one?.room_type },
    { name: 'floor', label: t('rooms.floor'), suggest: floors, initial: one?.floor },
    { name: 'section', label: t('rooms.section'), suggest: unique(all.map((other) => other.section)), hint: t('rooms.sectionHint'), initial: one?.section },
    { name: 'capacity', label: t('rooms.capacity'), kind: 'number', min: 1, max: 9999, initial: one?.capacity },
    { name: 'name', label: t('rooms.name'), hint: t('rooms.nameHint'), initial: one && one.name !== one.number ? one.name : undefined },
    { name: 'external_code', label: t('rooms.code'), ltr: true, unique: 'space_external_code', hint: t('rooms.codeHint'), initial: one?.external_code },
  ]
  return {
    words: 'rooms', icon: BedDouble, key: ['rooms', 'list', place, wanted.floor, wanted.type], manage: 'space.manage',
    ask: async (_cursor, signal) => ({ items: (await doors(place, signal)).filter((one) => (!wanted.floor || one.floor === wanted.floor) && (!wanted.type || one.room_type === wanted.type)), next_cursor: null }),
    name: (one) => t('rooms.one', { number: one.number }),
    find: (one) => `${one.name} ${one.section ?? ''} ${one.room_type}`,
    columns: [
      { name: t('rooms.number'), show: (one) => <span className="flex gap-2"><span className="num" dir="ltr">{one.number}</span>{one.name !== one.number && <bdi className="font-normal text-ink-2">{one.name}</bdi>}</span> },
      { name: t('rooms.type'), show: (one) => <bdi>{one.room_type}</bdi> },
      { name: t('rooms.floor'), show: (one) => one.floor && <><span className="hidden [li_&]:inline">{t('rooms.floor')} </span><bdi>{one.floor}</bdi></> },
      { name: t('rooms.section'), show: (one) => one.section && <bdi>{one.section}</bdi> },
      { name: t('rooms.capacity'), isFigure: true, show: (one) => one.capacity !== null && <><span className="hidden [li_&]:inline">{t('rooms.capacity')} </span>{number(one.capacity)}</> },
      { name: t('rooms.code'), show: (one) => one.external_code && <span dir="ltr">{one.external_code}</span> },
    ],
    fields,
    make: (given) => data(api.POST('/api/v1/rooms', { body: { ...given, property_id: place } as never })),
    change: (one, given) => data(api.PATCH('/api/v1/rooms/{room_id}', { params: { path: { room_id: one.id } }, body: { ...given, ...called(one, given), version: one.version } as never })),
    filters: (
      <>
        <Choice name={t('rooms.floor')} value={wanted.floor} options={floors.map((one) => [one, one])} set={(floor) => want({ floor })} />
        <Choice name={t('rooms.type')} value={wanted.type} options={types.map((one) => [one, one])} set={(type) => want({ type })} />
      </>
    ),
    isFiltered: Boolean(wanted.floor ?? wanted.type),
    inside: (one) => <Away one={one} zone={here?.zone ?? 'UTC'} />,
    aside: isMade && <button type="button" className="btn" onClick={begin}><FileUp size={17} aria-hidden />{t('rooms.import')}</button>,
  }
}

export function Rooms() {
  const { t } = useTranslation()
  const here = useHere()
  const may = useMay()
  const place = here?.id ?? ''
  const [wanted, want] = useWanted<Wanted>()
  const [imports, setImports] = useState(false)
  useFresh(['property.space.'], ['rooms'])
  const { data: all = NONE } = useQuery({ queryKey: ['rooms', 'all', place], queryFn: ({ signal }) => doors(place, signal) })
  const there = useMemo(() => new Set(all.map((one) => one.number)), [all])
  const page = catalogue(kindOf({ t, here, all, wanted, want, isMade: may('space.manage'), begin: () => setImports(true) }))
  return <>{page}{imports && <Suspense><Import place={place} there={there} close={() => setImports(false)} /></Suspense>}</>
}

/** Its history stays; the room itself does not come back. */
function Away({ one, zone }: { one: Door; zone: string }) {
  const { t } = useTranslation()
  const actions: Actions<Door> = {
    archive: {
      icon: Archive, isGrave: true, sure: t('rooms.archiveText'),
      perform: (room) => data(api.DELETE('/api/v1/spaces/{space_id}', { params: { path: { space_id: room.id } } })),
    },
  }
  const label = (name: string): string => t(`rooms.act.${name}`)
  const { begin, asks, isBusy } = useAct(actions, label, zone, [['rooms'], ['board']])
  return (
    <>
      {one.allowed_actions.includes('archive') && (
        <button type="button" disabled={isBusy} className="btn self-start text-bad" onClick={() => begin('archive', one)}>
          <Archive size={16} aria-hidden />{label('archive')}
        </button>
      )}
      {asks}
    </>
  )
}
