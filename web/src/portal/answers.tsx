/** @jsxImportSource preact */
/** The three things that a vendor may say. What cannot be taken back is asked once more. */

import { useEffect, useRef, useState } from 'preact/hooks'
import { type Answer, answerOrder, type Order, type Trouble, troubleOf } from '@/portal/api'
import { Unsent } from '@/portal/frame'
import { Icon } from '@/portal/icons'
import { useKept } from '@/portal/kept'
import { useSpeech } from '@/portal/language'

type Asked = 'decline' | 'done'

/** An instant as a field for date and time writes it, in the zone of this device. */
const asField = (at: Date): string => new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)

interface AnswersProps {
  token: string
  order: Order
  answered: (order: Order, done: boolean) => void
  over: () => void
}

export function Answers({ token, order, answered, over }: AnswersProps) {
  const { w } = useSpeech()
  const [asked, ask] = useState<Asked>()
  const [said, keep, forget] = useKept(`answer.${token}`, { when: '', note: '' })
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble>()
  const [isPast, setPast] = useState(false)
  const [earliest] = useState(() => asField(new Date()))
  const isComing = order.state === 'acknowledged'

  const send = async (answer: Answer['answer']) => {
    const when = answer === 'accept' && said.when ? new Date(said.when) : null
    const wasThen = when !== null && when.getTime() < Date.now()
    setPast(wasThen)
    if (busy || wasThen) return
    setBusy(true)
    setTrouble(undefined)
    try {
      const note = (answer !== 'accept' && said.note.trim()) || null
      const after = await answerOrder(token, { answer, promised_at: when?.toISOString() ?? null, note })
      forget()
      ask(undefined)
      answered(after, answer === 'done')
    } catch (error) {
      setTrouble(troubleOf(error))
      if (troubleOf(error).kind === 'closed') over()
    } finally {
      setBusy(false)
    }
  }

  return (
    <section class="card stack" aria-label={w.vendor.answer} aria-busy={busy}>
      <Unsent trouble={trouble} />
      {asked ? (
        <Sure
          of={asked} busy={busy} note={said.note} write={(note) => keep({ ...said, note })} back={() => ask(undefined)}
          yes={() => void send(asked)}
        />
      ) : (
        <>
          <label class="field">
            <span>{isComing ? w.vendor.otherTime : w.vendor.when} <small>{w.optional}</small></span>
            <input
              type="datetime-local" name="when" value={said.when} min={earliest} aria-invalid={isPast}
              onInput={({ currentTarget }) => keep({ ...said, when: currentTarget.value })}
            />
          </label>
          <div role="alert">{isPast && <p class="wrong">{w.vendor.past}</p>}</div>
          <button type="button" class={isComing ? 'button' : 'button primary'} disabled={busy || (isComing && !said.when)} onClick={() => void send('accept')}>
            <Icon of={isComing ? 'clock' : 'check'} />{busy ? w.sending : isComing ? w.vendor.sayTime : w.vendor.come}
          </button>
          <button type="button" class={isComing ? 'button primary' : 'button'} disabled={busy} onClick={() => ask('done')}>{w.vendor.done}</button>
          <button type="button" class="button bad" disabled={busy} onClick={() => ask('decline')}>{w.vendor.cannot}</button>
        </>
      )}
    </section>
  )
}

interface SureProps {
  of: Asked
  busy: boolean
  note: string
  write: (note: string) => void
  yes: () => void
  back: () => void
}

function Sure({ of, busy, note, write, yes, back }: SureProps) {
  const { w } = useSpeech()
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  const isDone = of === 'done'
  return (
    <div class="stack">
      <h2 tabIndex={-1} ref={title}>{isDone ? w.vendor.sureDone : w.vendor.sureCannot}</h2>
      <p>{isDone ? w.vendor.sureDoneText : w.vendor.sureCannotText}</p>
      <label class="field">
        <span>{isDone ? w.vendor.noteDone : w.vendor.noteCannot} <small>{w.optional}</small></span>
        <textarea name="note" rows={3} maxLength={500} dir="auto" value={note} onInput={({ currentTarget }) => write(currentTarget.value)} />
      </label>
      <button type="button" class={isDone ? 'button primary' : 'button danger'} disabled={busy} onClick={yes}>
        {busy ? w.sending : isDone ? w.vendor.yesDone : w.vendor.yesCannot}
      </button>
      <button type="button" class="button" disabled={busy} onClick={back}>{w.back}</button>
    </div>
  )
}
