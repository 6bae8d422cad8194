/** What of this person waits on this phone: what is still to be sent, what the server saw otherwise, what it refused. A person decides; nothing goes in silence. */

import { useQuery } from '@tanstack/react-query'
import { CloudUpload, RotateCw, TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { me } from '@/api/queries'
import { token, signOut } from '@/api/session'
import { Popup } from '@/components/popup'
import { Nothing } from '@/components/states'
import { useZone } from '@/lib/clock'
import { language, moment, number, percent } from '@/lib/i18n'
import { forgetCommand, retry, usage, useCommands, waits, type Command } from '@/offline/outbox'

const useTime = (): ((at: string) => string) => {
  const timeZone = useZone()
  return (at) => moment(at, { hour: '2-digit', minute: '2-digit', timeZone })
}

function useWaiting(): readonly [mine: readonly Command[], others: number] {
  const { data } = useQuery({ ...me(), enabled: false })
  const [mine, others] = useCommands(data?.id)
  return [mine.filter(waits), others]
}

export function Unsent({ close }: { close: () => void }) {
  const { t } = useTranslation()
  const [all, others] = useWaiting()
  const [used, setUsed] = useState(0)
  useEffect(() => void usage().then(setUsed), [])
  return (
    <Popup title={t('unsent.title')} shape="side" close={close}>
      {all.length === 0 ? <Nothing icon={CloudUpload} title={t('unsent.none')} text={t('unsent.noneText')} /> : (
        <>
          <p className="mb-4 text-sm text-ink-2">{t('unsent.text')}</p>
          <ul className="flex flex-col gap-3">{all.map((one) => <Waiting key={one.id} command={one} />)}</ul>
        </>
      )}
      {others > 0 && <p className="mt-4 text-sm text-ink-2">{t('unsent.others', { count: others, shown: number(others) })}</p>}
      {used > 0.01 && <p className="mt-4 text-xs text-ink-3">{t('unsent.space', { share: percent(used) })}</p>}
    </Popup>
  )
}

function Waiting({ command }: { command: Command }) {
  const { t } = useTranslation()
  const time = useTime()
  const { state, at, label, values, trouble, photos, place } = command
  const { data: self } = useQuery({ ...me(), enabled: false })
  const hotel = self && self.properties.length > 1 && self.properties.find((one) => one.id === place)?.name
  const isBad = state !== 'queued'
  return (
    <li className="card px-4 py-3">
      <p className="flex items-start gap-2 text-sm font-semibold">{isBad ? <TriangleAlert size={16} className="mt-0.5 shrink-0 text-bad" aria-hidden /> : <CloudUpload size={16} className="mt-0.5 shrink-0 text-ink-3" aria-hidden />}<span dir="auto">{t(label, values)}</span></p>
      <p className="mt-1 text-xs text-ink-3">{t(`unsent.${state}`)} · {time(at)}{hotel && <> · <bdi>{hotel}</bdi></>}{photos.length > 0 && ` · ${t('unsent.photos', { count: photos.length, shown: number(photos.length) })}`}</p>
      {isBad && trouble && <p className="mt-2 rounded-lg bg-bad-tint px-3 py-2 text-sm text-bad" dir="auto">{trouble}</p>}
      {state === 'conflict' && <Theirs command={command} />}
      {isBad && (
        <div className="mt-3 flex flex-wrap gap-2">
          <button type="button" className="btn" onClick={() => void retry(command)}><RotateCw size={15} aria-hidden />{t(state === 'conflict' ? 'unsent.mineAgain' : 'unsent.again')}</button>
          <button type="button" className="btn text-bad" onClick={() => void forgetCommand(command.id)}>{t(state === 'conflict' ? 'unsent.keepTheirs' : 'unsent.drop')}</button>
        </div>
      )}
    </li>
  )
}

/** Mine and theirs, side by side. */
function Theirs({ command }: { command: Command }) {
  const { t } = useTranslation()
  const time = useTime()
  const { data: there } = useQuery({
    queryKey: ['theirs', command.id],
    queryFn: async ({ signal }) => {
      const answer = await fetch(command.read ?? '', { headers: { authorization: `Bearer ${(await token()) ?? ''}`, 'accept-language': language() }, signal })
      return answer.ok ? ((await answer.json()) as Record<string, unknown>) : null
    },
    enabled: command.read !== undefined,
  })
  const mine = Object.entries({ ...command.patch, ...command.body }).filter(([name, value]) => there && name in there && typeof value === 'string' && there[name] !== value)
  if (!there || mine.length === 0) return null
  const say = (name: string, value: unknown): string => (name === 'state' ? t(`taskState.${String(value)}`) : name.endsWith('_at') && value ? time(String(value)) : String(value ?? '–'))
  return (
    <table className="mt-2 w-full text-sm">
      <thead><tr className="text-xs text-ink-3"><th scope="col" className="text-start font-medium"><span className="sr-only">{t('unsent.what')}</span></th><th scope="col" className="text-start font-medium">{t('unsent.mine')}</th><th scope="col" className="text-start font-medium">{t('unsent.theirs')}</th></tr></thead>
      <tbody>{mine.map(([name, value]) => <tr key={name}><th scope="row" className="py-1 pe-2 text-start font-normal text-ink-3">{t(`unsent.field.${name}`, name)}</th><td className="py-1 pe-2 font-medium" dir="auto">{say(name, value)}</td><td className="py-1 font-medium" dir="auto">{say(name, there[name])}</td></tr>)}</tbody>
    </table>
  )
}

/** Signs out, unless something would be lost by it: then it asks. */
export function LeaveButton() {
  const { t } = useTranslation()
  const [asks, setAsks] = useState(false)
  const [waiting] = useWaiting()
  return (
    <>
      <button type="button" className="btn" onClick={() => (waiting.length > 0 ? setAsks(true) : void signOut())}>{t('signOut')}</button>
      {asks && <Leave close={() => setAsks(false)} />}
    </>
  )
}

/** Signing out wipes what this person did: what waits would be lost. */
export function Leave({ close }: { close: () => void }) {
  const { t } = useTranslation()
  const [all] = useWaiting()
  return (
    <Popup title={t('unsent.leave')} close={close}>
      <p className="mb-5 text-sm text-ink-2">{t('unsent.leaveText', { count: all.length, shown: number(all.length) })}</p>
      <div className="flex flex-wrap justify-end gap-2">
        <button type="button" className="btn text-bad" onClick={() => void signOut()}>{t('unsent.leaveGo')}</button>
        <button type="button" className="btn btn-primary" onClick={close}>{t('unsent.leaveStay')}</button>
      </div>
    </Popup>
  )
}
