/** @jsxImportSource preact */
/** Somebody scanned the code of a place: what is wrong there? */

import { useEffect } from 'preact/hooks'
import type { Place, Reported } from '@/portal/api'
import { FaultForm } from '@/portal/form'
import { Frame, Skeleton, Unsent, Wrong } from '@/portal/frame'
import { Icon } from '@/portal/icons'
import { useKept } from '@/portal/kept'
import { languageOfPlace, useSpeech } from '@/portal/language'
import { useLoad } from '@/portal/load'

export function FaultPage({ token }: { token: string }) {
  const { w, speak } = useSpeech()
  const { found, trouble, again } = useLoad<Place>(`/places/${token}`)
  const [told, setTold, another] = useKept<Reported | null>(`told.${token}`, null)
  const locale = found?.locale
  useEffect(() => {
    const language = locale && languageOfPlace(locale)
    if (language) speak(language)
  }, [locale, speak])
  if (!found) return trouble ? <Wrong trouble={trouble} again={again} /> : <Skeleton />
  return (
    <Frame hotel={found.hotel} title={told ? w.fault.thanks : w.fault.title}>
      <Unsent trouble={trouble} />
      {told
        ? <Thanks told={told} more={another} />
        : <FaultForm token={token} place={found} sent={(report) => { setTold(report); scrollTo(0, 0) }} />}
    </Frame>
  )
}

function Thanks({ told, more }: { told: Reported; more: () => void }) {
  const { w, number } = useSpeech()
  return (
    <section class="card stack center" role="status">
      <span class="sign" data-look="good"><Icon of="check" size={30} /></span>
      <h1>{w.fault.thanks}</h1>
      <p>{w.fault.thanksText}</p>
      <p>{w.fault.number} <strong class="number">{number(told.number)}</strong></p>
      <a class="button primary" href={`/r/${told.status_token}`}>{w.fault.follow}</a>
      <button type="button" class="button" onClick={more}>{w.fault.more}</button>
    </section>
  )
}
