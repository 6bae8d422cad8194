/** One room of the board. */

import { memo, useEffect, useRef, useState } from 'react'
import type { TFunction } from 'i18next'
import type { BoardRoom } from '@/api/queries'
import { letters } from '@/components/bits'
import { Icon } from '@/features/board/icons'
import { lookOf, stayOf } from '@/features/board/look'
import { moment } from '@/lib/i18n'

const CLOCK = { hour: '2-digit', minute: '2-digit' } as const

interface Props {
  room: BoardRoom
  zone: string
  first: boolean
  who?: string
  isPicked?: boolean
  /** Handed down: a subscription to the language in each of 300 tiles costs time. */
  t: TFunction
}

/** A room: number, type, when somebody comes, who is in it, what is the matter. Drawn again only when its object is new. */
export const Tile = memo(function Tile({ room, zone, first, who = '', isPicked = false, t }: Props) {
  const look = lookOf(room)
  const stay = stayOf(room)
  const flashes = useFlash(room.version)
  const eta = room.arrival?.eta ? moment(room.arrival.eta, { ...CLOCK, timeZone: zone }) : ''
  const isLate = room.flags?.includes('delayed') ?? false
  const words = [
    `${room.number} ${room.room_type}${eta && ` · ${eta}`}`, t(`look.${look}`), t(`stay.${stay}`),
    room.guest_service === 'do_not_disturb' && t('flag.dnd'), room.flags?.includes('rush') && t('flag.rush'),
    room.flags?.includes('vip') && t('flag.vip'), (room.repair_required ?? 0) > 0 && t('flag.repair'), isLate && t('flag.late'), who,
  ]
  return (
    <button type="button" className="tile" data-id={room.id} data-look={look} data-flash={flashes || undefined} data-dnd={room.guest_service === 'do_not_disturb' || undefined} data-picked={isPicked || undefined} tabIndex={first ? 0 : -1} aria-label={words.filter(Boolean).join(', ')}>
      <span className="flex items-start justify-between gap-1">
        <span className="num text-[1.15rem] font-bold leading-6" dir="ltr">{room.number}</span>
        <span className="badge"><Icon name={look} /></span>
      </span>{' '}
      <span className="truncate text-[11px] leading-4"><bdi>{room.room_type}</bdi>{eta && <span className="num"> · {eta}</span>}</span>
      <span className="flex items-center gap-1.5">
        {stay !== 'vacant' && <Icon name={stay} />}
        {room.flags?.includes('rush') && <Icon name="rush" />}
        {room.flags?.includes('vip') && <Icon name="vip" />}
        {room.guest_service === 'do_not_disturb' && <Icon name="dnd" />}
        {(room.repair_required ?? 0) > 0 && <Icon name="repair" />}
        {isLate && <Icon name="late" />}
        {who && <span className="holder" data-who={letters(who)} />}
      </span>
    </button>
  )
})

/** For a moment after the version has moved on. */
function useFlash(version: number): boolean {
  const seen = useRef(version)
  const [flashes, setFlashes] = useState(false)
  useEffect(() => {
    if (seen.current === version) return
    seen.current = version
    setFlashes(true)
    const over = setTimeout(() => setFlashes(false), 900)
    return () => clearTimeout(over)
  }, [version])
  return flashes
}
