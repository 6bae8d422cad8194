/** An answer on its way to the page: awaited, refused, out of reach, or old and said to be old. */

import type { UseQueryResult } from '@tanstack/react-query'
import { CloudOff, Lock, WifiOff } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Nothing } from '@/components/states'
import { useZone } from '@/lib/clock'
import { moment } from '@/lib/i18n'
import { Problem } from '@/lib/problem'
import { reason } from '@/lib/words'

type Asked<T> = Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch' | 'dataUpdatedAt'>

export function Ask<T>({ query, waits, children }: { query: Asked<T>; waits?: ReactNode; children: (data: T) => ReactNode }) {
  const { t } = useTranslation()
  const { data, error } = query
  if (data === undefined && error) return <Refused error={error} again={() => void query.refetch()} />
  if (data === undefined) return <div role="status" aria-label={t('loading')}>{waits ?? <Bones />}</div>
  return (
    <>
      {error && <Old at={query.dataUpdatedAt} error={error} />}
      {children(data)}
    </>
  )
}

export function Refused({ error, again }: { error: unknown; again: () => void }) {
  const { t } = useTranslation()
  const is = (status: number): boolean => error instanceof Problem && error.status === status
  const trace = error instanceof Problem ? error.more.trace_id : undefined
  const [icon, title] = is(403) ? [Lock, t('error.locked')] : is(0) ? [WifiOff, t('error.away')] : is(404) ? [CloudOff, t('error.gone')] : [CloudOff, t('error.title')]
  return (
    <Nothing icon={icon} title={title} text={is(0) ? t('error.offline') : reason(error, t)}>
      {!is(403) && <button type="button" className="btn btn-primary" onClick={again}>{t('error.again')}</button>}
      {typeof trace === 'string' && <p className="text-xs text-ink-3">{t('error.trace')} <code dir="ltr">{trace}</code></p>}
    </Nothing>
  )
}

/** What is shown was true then; whether it still is, nobody could say. */
export function Old({ at, error }: { at: number; error: unknown }) {
  const { t } = useTranslation()
  const isAway = error instanceof Problem && error.unanswered
  const then = { at: moment(new Date(at), { weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone: useZone() }) }
  const Icon = isAway ? WifiOff : CloudOff
  return (
    <p role="status" className="mb-3 flex items-center gap-2 rounded-lg bg-sunken px-3 py-2 text-sm text-ink-2">
      <Icon size={16} className="shrink-0" aria-hidden />{isAway ? t('error.old', then) : `${reason(error, t)} ${t('error.stood', then)}`}
    </p>
  )
}

const ROWS = [0, 1, 2, 3, 4, 5]
const Bones = () => <div className="flex flex-col gap-2">{ROWS.map((one) => <div key={one} className="skeleton h-14" />)}</div>
