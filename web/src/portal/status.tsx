/** @jsxImportSource preact */
/** What becomes of a report: four steps, looked at again every half minute. */

import type { Status } from '@/portal/api'
import { Frame, Skeleton, Unsent, Wrong } from '@/portal/frame'
import { Icon } from '@/portal/icons'
import { useSpeech } from '@/portal/language'
import { useLoad } from '@/portal/load'

const EVERY = 30_000
const STEPS = ['reported', 'scheduled', 'in_progress', 'completed'] as const
const AT: Readonly<Record<Exclude<Status['status'], 'cancelled'>, number>> = { reported: 0, triaged: 1, scheduled: 1, in_progress: 2, completed: 3 }

export function StatusPage({ token }: { token: string }) {
  const { w, moment, number } = useSpeech()
  const { found, trouble, at, again } = useLoad<Status>(`/reports/${token}`, EVERY)
  if (!found) return trouble ? <Wrong trouble={trouble} again={again} /> : <Skeleton />
  const { status } = found
  return (
    <Frame title={w.status.title}>
      <Unsent trouble={trouble} />
      <section class="card stack">
        <h1>{w.status.title} <span class="number">{number(found.number)}</span></h1>
        <p role="status" class="now">{w.status.text[status]}</p>
        {status === 'cancelled' ? null : <Steps at={AT[status]} reported={moment(found.reported_at)} completed={found.completed_at && moment(found.completed_at)} />}
        <p class="quiet">{at && w.status.looked(moment(at))} {w.status.itself}</p>
      </section>
    </Frame>
  )
}

function Steps({ at, reported, completed }: { at: number; reported: string; completed: string | null }) {
  const { w } = useSpeech()
  return (
    <ol class="steps">
      {STEPS.map((step, n) => {
        const isPast = n < at || at === STEPS.length - 1
        const when = n === 0 ? reported : step === 'completed' && n === at ? completed : null
        return (
          <li key={step} data-look={isPast ? 'past' : n === at ? 'now' : 'later'} aria-current={n === at ? 'step' : undefined}>
            <span class="dot">{isPast && <Icon of="check" size={18} />}</span>
            <span>{w.status.step[step]}{isPast && <span class="unseen"> ({w.status.past})</span>}{when && <small>{when}</small>}</span>
          </li>
        )
      })}
    </ol>
  )
}
