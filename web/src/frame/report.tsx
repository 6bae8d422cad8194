/** A fault, reported in seconds: where, what kind, a word, a photo. It is kept on this phone first, and sent when there is a network. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Armchair, Bath, Bug, DoorOpen, Droplets, Fan, Flame, Hammer, Lightbulb, Monitor, ShieldAlert, Sparkles, WashingMachine, Wrench, Zap, type LucideIcon } from 'lucide-react'
import { useHere } from '@/api/here'
import { areas, board, categories, me } from '@/api/queries'
import { named } from '@/api/trades'
import { Popup, usePopup } from '@/components/popup'
import { say } from '@/components/toast'
import { PhotoPick } from '@/frame/photos'
import { plain } from '@/lib/digits'
import { useOnce } from '@/lib/once'
import { reason } from '@/lib/words'
import { put, type Photo } from '@/offline/outbox'

const SIGNS: [RegExp, LucideIcon][] = [
  [/hvac|climate|air/, Fan], [/plumb|water/, Droplets], [/electr|power/, Lightbulb], [/lock|door|key/, DoorOpen], [/furnit/, Armchair],
  [/^it$|tv|network|tele/, Monitor], [/generator/, Zap], [/appliance|laundry/, WashingMachine], [/pest/, Bug], [/fire|safety/, Flame], [/bath|sanit/, Bath],
  [/paint|structur|build|carp/, Hammer], [/clean/, Sparkles],
]
const GRAVITIES = ['low', 'medium', 'high', 'critical'] as const
const signOf = (code: string): LucideIcon => SIGNS.find(([one]) => one.test(code))?.[1] ?? Wrench

interface Props {
  close: () => void
  room?: { id: string; number: string }
  asset?: { id: string; name: string }
}

export function Report({ close, room, asset }: Props) {
  const { t } = useTranslation()
  return <Popup title={room ? t('report.in', { number: room.number }) : t('report.title')} about={asset && <p className="text-sm text-ink-2" dir="auto">{asset.name}</p>} close={close}><Inside close={close} room={room} asset={asset} /></Popup>
}

/** A room by its number, another place by its name. */
function find(text: string, rooms: readonly { id: string; number: string }[], others: readonly { id: string; name: string }[]) {
  const wanted = plain(text)
  const room = rooms.find((one) => plain(one.number) === wanted)
  if (room) return { name: room.number, body: { room_id: room.id } }
  const other = others.find((one) => plain(one.name) === wanted)
  return other && { name: other.name, body: { space_id: other.id } }
}

function Inside({ close, room, asset }: { close: () => void; room: Props['room'] | undefined; asset: Props['asset'] | undefined }) {
  const { t, i18n } = useTranslation()
  const here = useHere()
  const popup = usePopup()
  const client = useQueryClient()
  const { data: self } = useQuery({ ...me(), enabled: false })
  const { data: kinds } = useQuery(categories())
  const rooms = useQuery({ ...board(here?.id ?? '', client), enabled: here?.permissions.includes('room.read') ?? false }).data?.items ?? []
  const others = useQuery({ ...areas(here?.id ?? ''), enabled: here?.permissions.includes('space.read') ?? false }).data ?? []
  const [kind, setKind] = useState('')
  const [photos, setPhotos] = useState<Photo[]>([])
  const [trouble, setTrouble] = useState('')
  const [isBusy, once] = useOnce()
  const open = kinds?.filter((one) => one.active)

  async function send(form: FormData): Promise<void> {
    const text = (name: string): string => form.get(name)?.toString().trim() ?? ''
    const where = text('where')
    const found = room ? { name: room.number, body: { room_id: room.id } } : asset ? { name: asset.name, body: { asset_id: asset.id } } : find(where, rooms, others)
    const chosen = open?.find((one) => one.code === kind)
    const title = text('title') || (chosen ? named(chosen.names, i18n.language, chosen.code) : '')
    if (where && !found) return setTrouble(t('report.noPlace', { name: where }))
    if (!title) return setTrouble(t('report.noWhat'))
    if (!here || !self?.id) return
    try {
      await put({
        by: self.id, place: here.id, about: crypto.randomUUID(), label: 'report.command', values: { title, number: found?.name ?? '' },
        method: 'POST', path: '/api/v1/maintenance/work-orders', photos,
        body: {
          property_id: here.id, title, ...found?.body,
          ...(kind && { category: kind }), severity: text('severity'), safety_concern: text('safety') === 'on',
        },
      })
      popup?.written(false)
      say(t('saved.phone'))
      close()
    } catch (error) {
      setTrouble(reason(error, t))
    }
  }

  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    void once(() => send(form))
  }

  return (
    <form onSubmit={submit} aria-busy={isBusy} onInput={() => popup?.written(true)} className="flex flex-col gap-4">
      {!room && !asset && (
        <label className="flex flex-col gap-1.5 text-sm font-medium"><span>{t('report.where')} <span className="ms-0.5 text-xs font-normal text-ink-3">{t('form.optional')}</span></span>
          <input name="where" list="places-of-report" dir="auto" autoComplete="off" className="field" />
          <datalist id="places-of-report">{rooms.map((one) => <option key={one.id} value={one.number}>{one.room_type}</option>)}{others.map((one) => <option key={one.id} value={one.name}>{one.name}</option>)}</datalist>
        </label>
      )}
      <fieldset>
        <legend className="mb-1.5 text-sm font-medium">{t('report.kind')}</legend>
        <div className="grid grid-cols-3 gap-2">
          {open?.map((one) => {
            const Icon = signOf(one.code)
            return (
              <button key={one.code} type="button" aria-pressed={kind === one.code} onClick={() => setKind(kind === one.code ? '' : one.code)} className="flex min-h-16 flex-col items-center justify-center gap-1 rounded-xl border border-line px-1 py-2 text-center text-xs font-medium text-ink-2 aria-pressed:border-brand aria-pressed:bg-brand-tint aria-pressed:text-brand-text">
                <Icon size={20} aria-hidden /><span dir="auto">{named(one.names, i18n.language, one.code)}</span>
              </button>
            )
          })}
        </div>
      </fieldset>
      <label className="flex flex-col gap-1.5 text-sm font-medium">{t('report.what')}
        <input name="title" dir="auto" maxLength={200} autoComplete="off" placeholder={t('report.whatHint')} className="field" />
      </label>
      <fieldset className="flex flex-wrap gap-2">
        <legend className="mb-1.5 text-sm font-medium">{t('order.severity')}</legend>
        {GRAVITIES.map((one) => (
          <label key={one} data-gravity={one} className="chip cursor-pointer has-checked:border-look has-checked:bg-look-tint has-checked:text-look-ink has-focus-visible:outline-2 has-focus-visible:outline-[var(--focus)]">
            <input type="radio" name="severity" value={one} defaultChecked={one === 'medium'} className="sr-only" />{t(`severity.${one}`)}
          </label>
        ))}
      </fieldset>
      <label className="flex min-h-11 items-center gap-3 text-sm font-medium"><input type="checkbox" name="safety" className="size-5 shrink-0 accent-brand" /><ShieldAlert size={18} className="shrink-0 text-bad" aria-hidden />{t('report.safety')}</label>
      <PhotoPick photos={photos} set={(next) => { popup?.written(true); setPhotos(next) }} />
      <p role="alert" dir="auto" className={trouble ? 'rounded-lg bg-bad-tint px-3 py-2 text-sm text-bad' : 'sr-only'}>{trouble}</p>
      <button type="submit" disabled={isBusy} className="btn btn-primary h-14 rounded-xl text-base font-semibold">{t('report.send')}</button>
    </form>
  )
}
