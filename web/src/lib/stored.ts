/** What the house wrote down once, in English, for everybody: reasons and notes that are kept. Told in the language of the page. */

import type { TFunction } from 'i18next'
import { number } from '@/lib/i18n'

/** What is said now is translated by the server; what is stored went to many, also over the live channel, so it is told here. */
const STORED = [
  [/^It was not finished when it was due\.$/, 'overdue'],
  [/^The guest has left\.$/, 'left'],
  [/^The booking is cancelled\.$/, 'cancelled'],
  [/^The booking is no show\.$/, 'noShow'],
  [/^The guest slept here\.$/, 'slept'],
  [/^Nobody used it for (?<count>\d+) days\.$/, 'unused'],
  [/^Work order (?<order>\d+) is resolved\.$/, 'repaired'],
  [/^Work order (?<order>\d+) is cancelled\.$/, 'called'],
  [/^The same fault as no\. (?<order>\d+)\.$/, 'same'],
  [/^Late by (?<count>\d+) minutes \(respond\)\.$/, 'lateRespond'],
  [/^Late by (?<count>\d+) minutes \(resolve\)\.$/, 'lateResolve'],
  [/^The repair is done, somebody said at the room\.$/, 'done'],
  [/^set by hand$/, 'pinned'],
  [/^overdue$/, 'past'],
  [/^due within 30 minutes$/, 'halfHour'],
  [/^due within an hour$/, 'hour'],
  [/^due within two hours$/, 'twoHours'],
  [/^due within four hours$/, 'fourHours'],
  [/^the guest is expected now$/, 'comes'],
  [/^the guest comes within an hour$/, 'comesHour'],
  [/^the guest comes within two hours$/, 'comesTwo'],
  [/^the guest comes within four hours$/, 'comesFour'],
  [/^the guest comes within twelve hours$/, 'comesTwelve'],
  [/^the next guest is a VIP$/, 'vip'],
  [/^a guest waits for this room$/, 'queued'],
  [/^it waits for (?<count>\d+) h or more$/, 'waits'],
  [/^the most there is$/, 'most'],
  [/^Room (?<room>.+) needs a repair$/, 'repair'],
] as const

/** A kept reason in the reader's language; what a person wrote stays as it was written. */
export function retold(text: string, t: TFunction): string
export function retold(text: string | null | undefined, t: TFunction): string | null
export function retold(text: string | null | undefined, t: TFunction): string | null {
  if (!text) return null
  for (const [form, name] of STORED) {
    const found = form.exec(text)
    if (found) return t(`stored.${name}`, { shown: number(Number(found.groups?.count ?? 0)), order: found.groups?.order, room: found.groups?.room })
  }
  return text
}
