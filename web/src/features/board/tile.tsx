/** One room of the board. */

import { memo } from 'react'
import type { TFunction } from 'i18next'
import type { BoardRoom } from '@/api/queries'
import { letters } from '@/components/bits'
import { icon } from '@/features/board/icons'
import { lookOf, LOOKS, stayOf, STAYS } from '@/features/board/look'
import { moment } from '@/lib/i18n'

const CLOCK = { hour: '2-digit', minute: '2-digit' } as const
const SIGNS = ['rush', 'vip', 'dnd', 'repair', 'late'] as const

/** What a tile says, looked up once for all of them: 300 tiles would ask 2,000 times. */
export const tileWords = (t: TFunction) => ({
  ...Object.fromEntries(LOOKS.map((one) => [one, t(`look.${one}`)])),
  ...Object.fromEntries(STAYS.map((one) => [one, t(`stay.${one}`)])),
  ...Object.fromEntries(SIGNS.map((one) => [one, t(`flag.${one}`)])),
}) as Record<string, string>

interface Props {
  room: BoardRoom
  zone: string
  first: boolean
  who?: string
  isPicked?: boolean
  words: Record<string, string>
}

/** A room: number, type, when somebody comes, who is in it, what is the matter. Drawn again only when its object is new. */
export const Tile = memo(function Tile({ room, zone, first, who = '', isPicked = false, words }: Props) {
  const look = lookOf(room)
  const stay = stayOf(room)
  const eta = room.arrival?.eta ? moment(room.arrival.eta, { ...CLOCK, timeZone: zone }) : ''
  const isDnd = room.guest_service === 'do_not_disturb'
  const is = { rush: room.flags?.includes('rush'), vip: room.flags?.includes('vip'), dnd: isDnd, repair: (room.repair_required ?? 0) > 0, late: room.flags?.includes('delayed') }
  const signs = SIGNS.filter((one) => is[one])
  const said = [`${room.number} ${room.room_type}${eta && ` · ${eta}`}`, words[look], words[stay], ...signs.map((one) => words[one]), who]
  return (
    <button type="button" className="tile" data-id={room.id} data-look={look} data-dnd={isDnd || undefined} data-picked={isPicked || undefined} tabIndex={first ? 0 : -1} aria-label={said.filter(Boolean).join(', ')}>
      <span className="flex items-start justify-between gap-1">
        <span className="num text-[1.15rem] font-bold leading-6" dir="ltr">{room.number}</span>
        <span className="badge">{icon(look)}</span>
      </span>{' '}
      <span className="truncate text-[11px] leading-4"><bdi>{room.room_type}</bdi>{eta && <span className="num"> · {eta}</span>}</span>
      <span className="flex items-center gap-1.5">
        {stay !== 'vacant' && icon(stay)}
        {signs.map(icon)}
        {who && <span className="holder" data-who={letters(who)} />}
      </span>
    </button>
  )
})
