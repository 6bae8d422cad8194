/** @jsxImportSource preact */
/** What a hotel asks of a vendor, and what the vendor says to it. */

import type { Order } from '@/portal/api'
import { Answers } from '@/portal/answers'
import { Frame, Skeleton, Unsent, Wrong } from '@/portal/frame'
import { Icon } from '@/portal/icons'
import { useKept } from '@/portal/kept'
import { useSpeech } from '@/portal/language'
import { useLoad } from '@/portal/load'
import { tradeName } from '@/portal/trade'

export function VendorPage({ token }: { token: string }) {
  const { w } = useSpeech()
  const { found, trouble, again, put } = useLoad<Order>(`/orders/${token}`)
  const [isDone, keepDone] = useKept(`done.${token}`, false, 'device')
  if (!found) return trouble ? <Wrong trouble={trouble} again={again} /> : <Skeleton />
  const answered = (order: Order, done: boolean) => {
    keepDone(done)
    put(order)
    scrollTo(0, 0)
  }
  return (
    <Frame hotel={found.hotel} title={w.vendor.order}>
      <Unsent trouble={trouble} />
      <Said order={found} isDone={isDone} />
      <What order={found} />
      {!isDone && (found.state === 'sent' || found.state === 'acknowledged') && <Answers token={token} order={found} answered={answered} over={again} />}
    </Frame>
  )
}

/** Where it stands; read out when it changes. */
function Said({ order, isDone }: { order: Order; isDone: boolean }) {
  const { w, moment } = useSpeech()
  const { state, promised_at: at } = order
  const isGood = isDone || state === 'acknowledged'
  const text = isDone ? w.vendor.finished
    : state === 'acknowledged' ? (at ? w.vendor.comesAt(moment(at)) : w.vendor.comes)
    : state === 'sent' ? '' : w.vendor[state]
  return <div role="status">{text && <p class="note" data-look={isGood ? 'good' : 'quiet'}><Icon of={isGood ? 'check' : 'cross'} /><strong>{text}</strong></p>}</div>
}

function What({ order }: { order: Order }) {
  const { w, language, moment, number } = useSpeech()
  return (
    <section class="card stack">
      <p class="pills">
        <span class="pill" data-gravity={order.severity}>{w.severity[order.severity]}</span>
        {order.safety_concern && <span class="pill" data-gravity="critical"><Icon of="alert" size={16} />{w.hurt}</span>}
      </p>
      <h1><bdi>{order.title}</bdi></h1>
      <dl>
        <div class="wide"><dt>{w.vendor.where}</dt><dd class="big"><Icon of="place" /><bdi>{order.place ?? order.hotel}</bdi></dd></div>
        <div><dt>{w.vendor.kind}</dt><dd>{tradeName(order.category, language)}</dd></div>
        <div><dt>{w.vendor.order}</dt><dd>{number(order.number)}</dd></div>
        <div><dt>{w.vendor.asked}</dt><dd>{moment(order.sent_at)}</dd></div>
      </dl>
    </section>
  )
}
