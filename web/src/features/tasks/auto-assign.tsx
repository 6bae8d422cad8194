/** Who gets what, before anybody gets it: each room with the reason of the choice, and what found nobody. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { usePeople } from '@/api/people'
import type { components } from '@/api/schema'
import { Ask } from '@/components/ask'
import { Initials } from '@/components/bits'
import { Part } from '@/components/page'
import { Popup } from '@/components/popup'
import { say } from '@/components/toast'
import { number, span } from '@/lib/i18n'
import { groups } from '@/lib/sort'
import { reason } from '@/lib/words'

type Choice = components['schemas']['ChoiceOut']

const MOST = 200

/** The plan that was shown, and no newer one; those whom somebody took care of meanwhile come back with the reason. */
export async function take(shown: readonly Choice[]): Promise<components['schemas']['GivenOut'][]> {
  const items = shown.flatMap((one) => (one.assignee_id ? [{ task_id: one.task_id, staff_id: one.assignee_id }] : []))
  const results: components['schemas']['GivenOut'][] = []
  for (let from = 0; from < items.length; from += MOST) {
    results.push(...(await data(api.POST('/api/v1/tasks/bulk-assign', { body: { items: items.slice(from, from + MOST), planned: true } }))).results)
  }
  return results
}

export function AutoAssign({ place, taskIds, close }: { place: string; taskIds?: string[] | undefined; close: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const people = usePeople()
  const query = useQuery({
    queryKey: ['auto', place, taskIds], gcTime: 0, staleTime: Infinity, // one plan, from its asking to its taking
    queryFn: ({ signal }) => data(api.POST('/api/v1/tasks/auto-assign', { params: { query: { preview: true } }, body: { property_id: place, ...(taskIds && { task_ids: taskIds }) }, signal })),
  })
  const go = useMutation({
    mutationFn: take,
    onSuccess: (results, shown) => {
      const bad = results.filter((one) => !one.ok)
      const good = results.length - bad.length
      if (good > 0) say(t('auto.done', { count: good, shown: number(good) }))
      if (bad.length > 0) say(bad.map((one) => `${shown.find((choice) => choice.task_id === one.task_id)?.room_number ?? ''}: ${one.detail ?? ''}`).join(' · '), true)
      void client.invalidateQueries({ queryKey: ['tasks'] })
      close()
    },
    onError: (error) => say(reason(error, t), true),
  })
  return (
    <Popup title={t('auto.title')} shape="wide" close={close}>
      <p className="mb-4 text-sm text-ink-2">{t('auto.text')}</p>
      <Ask query={query}>
        {({ assignments, unassigned, staff }) => (
          <div className="flex flex-col gap-5">
            <div className="grid gap-3 md:grid-cols-2">
              {[...groups(assignments, (one) => one.assignee_id)].map(([id, some]) => (
                <section key={id} className="card p-4">
                  <h3 className="mb-2 flex items-center gap-2 text-sm font-semibold"><Initials name={people.name(id)} size="sm" /><bdi className="flex-1">{people.name(id)}</bdi><span className="num text-xs font-normal text-ink-3">{number(some.length)}{(() => { const hand = staff.find((one) => one.staff_id === id); return hand ? ` · ${t('auto.left', { time: span(hand.minutes_left) })}` : '' })()}</span></h3>
                  <Choices some={some} />
                </section>
              ))}
            </div>
            {assignments.length === 0 && <p className="rounded-lg bg-sunken px-4 py-6 text-center text-sm text-ink-2">{t('auto.nothing')}</p>}
            {unassigned.length > 0 && <Part title={t('auto.unassigned')}><Choices some={unassigned} /></Part>}
            <div className="flex justify-end gap-2">
              <button type="button" className="btn" onClick={close}>{t('cancel')}</button>
              <button type="button" className="btn btn-primary" disabled={go.isPending || assignments.length === 0} onClick={() => go.mutate(assignments)}>{t('auto.go', { count: assignments.length, shown: number(assignments.length) })}</button>
            </div>
          </div>
        )}
      </Ask>
    </Popup>
  )
}

const Choices = ({ some }: { some: readonly Choice[] }) => (
  <ul className="flex flex-col gap-1.5 text-sm">{some.map((one) => <li key={one.task_id} className="flex items-baseline gap-3"><span className="num w-12 shrink-0 font-semibold" dir="ltr">{one.room_number ?? '–'}</span><span className="min-w-0 text-ink-2" dir="auto">{one.reason}</span></li>)}</ul>
)
