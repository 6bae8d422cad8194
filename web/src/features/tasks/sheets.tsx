/** Task sheets on paper (A4): one for each attendant, in walking order; guests are named only where the hotel allows it. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Printer } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { useHere } from '@/api/here'
import { useMay, usePeople } from '@/api/people'
import { board, every, MANY, settings, type BoardRoom, type Task } from '@/api/queries'
import { Ask } from '@/components/ask'
import { Choice, Row } from '@/components/filters'
import { Page } from '@/components/page'
import { Nothing } from '@/components/states'
import { OPEN, tasks, walking } from '@/features/tasks/ask'
import { day, moment, number, span } from '@/lib/i18n'
import { groups } from '@/lib/sort'
import { useWanted } from '@/lib/wanted'

export function Sheets() {
  const { t } = useTranslation()
  const here = useHere()
  const place = here?.id ?? ''
  const client = useQueryClient()
  const people = usePeople()
  const may = useMay()
  const [wanted, want] = useWanted<{ who?: string }>()
  const query = useQuery(tasks(place, { state: [...OPEN] }))
  const { data: seen } = useQuery(board(place, client))
  const rooms = new Map(seen?.items.map((one) => [one.id, one]))
  const names = useQuery(settings(place)).data?.policies.guest_names === true && may('stay.read')
  const guests = useQuery({
    queryKey: ['stays', place, 'names'], enabled: names,
    queryFn: async () => new Map((await every((cursor) => data(api.GET('/api/v1/stays', { params: { query: { property_id: place, state: 'checked_in', limit: MANY, cursor } } })))).map((one) => [one.room_id, one.guest_name])),
  }).data
  const sheets = [...groups((query.data?.items ?? []).filter((one) => one.assignee_id && (!wanted.who || one.assignee_id === wanted.who)), (one) => one.assignee_id ?? '')]
  return (
    <Page title={t('sheets.title')} about={t('sheets.about')} isScreen actions={
      <button type="button" className="btn btn-primary" disabled={sheets.length === 0} onClick={() => print()}><Printer size={16} aria-hidden />{t('sheets.print')}</button>
    }>
      <div className="print:hidden">
        <Row><Choice name={t('task.who')} value={wanted.who} set={(who) => want({ who })} options={people.all.map((one) => [one.id, one.name] as const)} /></Row>
      </div>
      <Ask query={query}>
        {() => sheets.length === 0 ? <Nothing icon={Printer} title={t('sheets.empty')} text={t('sheets.emptyText')} /> : (
          <div className="sheets flex flex-col gap-6">{sheets.map(([id, some]) => <Sheet key={id} name={people.name(id)} items={some.toSorted(walking)} rooms={rooms} guests={guests} date={seen?.business_date} hotel={here?.name ?? ''} zone={here?.zone ?? 'UTC'} />)}</div>
        )}
      </Ask>
    </Page>
  )
}

interface SheetOf {
  name: string
  items: readonly Task[]
  rooms: ReadonlyMap<string, BoardRoom>
  guests: ReadonlyMap<string | null, string | null> | undefined
  /** The hotel's day, as the server counts it. */
  date: string | undefined
  hotel: string
  zone: string
}

function Sheet({ name, items, rooms, guests, date, hotel, zone }: SheetOf) {
  const { t } = useTranslation()
  const clock = (at: string | null | undefined): string => (at ? moment(at, { hour: '2-digit', minute: '2-digit', timeZone: zone }) : '')
  const minutes = items.reduce((all, one) => all + one.minutes, 0)
  const credits = items.reduce((all, one) => all + (one.credits ?? 0), 0)
  const sum = [
    t('board.rooms', { count: items.length, shown: number(items.length) }), span(minutes),
    t('assign.credits', { count: credits, shown: number(credits) }),
  ].join(' · ')
  const heads = ['room', 'type', 'state', 'guest', 'leaves', 'comes', 'minutes', 'begin', 'end', 'note'] as const
  return (
    <section className="sheet card overflow-x-auto p-5 max-md:p-3">
      <header className="mb-3 flex flex-wrap items-baseline justify-between gap-2">
        <h2 className="text-lg font-bold"><bdi>{name}</bdi></h2>
        <p className="text-xs text-ink-2"><bdi>{hotel}</bdi> · {date && `${day(date, 'UTC')} · `}{sum}</p>
      </header>
      <table className="w-full border-collapse text-xs">
        <thead><tr>{heads.map((one) => <th key={one} scope="col" className="border border-line px-1.5 py-1.5 text-start font-semibold">{t(`sheets.${one}`)}</th>)}</tr></thead>
        <tbody>
          {items.map((one) => {
            const room = one.room_id ? rooms.get(one.room_id) : undefined
            const many = room?.stay ? `${number(room.stay.adults)}${room.stay.children ? `+${number(room.stay.children)}` : ''}` : ''
            return (
              <tr key={one.id}>
                <td className="num border border-line px-1.5 py-2 text-sm font-bold" dir="ltr">{one.room_number ?? '–'}</td>
                <td className="border border-line px-1.5 py-2">{t(`task.${one.type}`)}{one.priority_level === 'urgent' && <strong> · {t('level.urgent')}</strong>}</td>
                <td className="border border-line px-1.5 py-2">{room && `${t(`look.${room.condition}`)} · ${t(`occupancy.${room.occupancy}`)}`}{room?.guest_service === 'do_not_disturb' && ` · ${t('flag.dnd')}`}</td>
                <td className="border border-line px-1.5 py-2" dir="auto">{[guests?.get(one.room_id), many].filter(Boolean).join(' · ')}</td>
                <td className="num border border-line px-1.5 py-2">{room?.flags?.includes('due_out') ? clock(room.stay?.etd ?? room.stay?.departure) : ''}</td>
                <td className="num border border-line px-1.5 py-2">{clock(room?.arrival?.eta ?? room?.arrival?.arrival)}</td>
                <td className="num border border-line px-1.5 py-2">{number(one.minutes)}</td>
                <td className="w-12 border border-line">{' '}</td><td className="w-12 border border-line">{' '}</td>
                <td className="min-w-28 border border-line px-1.5 py-2" dir="auto">{one.note}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <p className="mt-4 flex justify-between gap-6 text-xs text-ink-2"><span className="flex-1 border-b border-line-strong pb-5">{t('sheets.signed')}</span><span className="flex-1 border-b border-line-strong pb-5">{t('sheets.checked')}</span></p>
    </section>
  )
}
