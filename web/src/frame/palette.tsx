/** One box for everything: a page, a room, a person, a work order, something to do. */

import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { BedDouble, Building2, HardHat, LogOut, SunMoon, UserRound, Wrench, type LucideIcon } from 'lucide-react'
import { useDeferredValue, useLayoutEffect, useMemo, useState, type RefObject } from 'react'
import { Autocomplete, Dialog, Input, ListBox, ListBoxItem, Modal, ModalOverlay, SearchField, Text } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { useHere } from '@/api/here'
import { useMay, usePeople } from '@/api/people'
import { board, me } from '@/api/queries'
import { turnTheme } from '@/components/choices'
import type { PageOf } from '@/frame/pages'
import { useSwitch } from '@/frame/switch'
import { plain } from '@/lib/digits'
import { retold } from '@/lib/stored'

interface Hit {
  id: string
  icon: LucideIcon
  text: string
  about?: string
  run: () => void
}
const MOST = 40

interface Props {
  pages: readonly PageOf[]
  /** What was typed before this stood. */
  earlyRef: RefObject<string>
  close: () => void
  report: (() => void) | undefined
  leave: () => void
}

export function Palette({ pages, earlyRef, close, report, leave }: Props) {
  const { t } = useTranslation()
  const go = useNavigate()
  const here = useHere()
  const may = useMay()
  const client = useQueryClient()
  const people = usePeople()
  const { properties } = useSuspenseQuery(me()).data
  const turnTo = useSwitch()
  const [typed, setTyped] = useState('')
  useLayoutEffect(() => setTyped(earlyRef.current), [earlyRef])
  const wanted = plain(useDeferredValue(typed))
  const rooms = useQuery({ ...board(here?.id ?? '', client), enabled: may('room.read') && here !== undefined }).data?.items
  const orders = useQuery({
    queryKey: ['orders', 'palette', here?.id],
    queryFn: ({ signal }) => data(api.GET('/api/v1/maintenance/work-orders', { params: { query: { property_id: here?.id, limit: 100 } }, signal })),
    enabled: may('workorder.read') && here !== undefined, staleTime: 30_000,
  }).data?.items

  const hits = useMemo<Hit[]>(() => {
    const all: Hit[] = [
      ...pages.map((one) => ({ id: one.to, icon: one.icon, text: t(one.name), about: t('palette.page'), run: () => void go({ to: one.to }) })),
      ...(report ? [{ id: 'report', icon: Wrench, text: t('report.title'), about: t('palette.act'), run: report }] : []),
      { id: 'account', icon: UserRound, text: t('account.title'), about: t('palette.page'), run: () => void go({ to: '/account' }) },
      { id: 'theme', icon: SunMoon, text: t('theme'), about: t('palette.act'), run: turnTheme },
      { id: 'leave', icon: LogOut, text: t('signOut'), about: t('palette.act'), run: leave },
    ]
    if (wanted) {
      for (const one of properties) if (one.id !== here?.id) all.push({ id: one.id, icon: Building2, text: one.name, about: t('hotel'), run: () => turnTo(one.id) })
      for (const one of rooms ?? []) all.push({ id: one.id, icon: BedDouble, text: t('palette.room', { number: one.number }), about: one.room_type, run: () => void go({ to: '/board', search: { room: one.id } }) })
      for (const one of orders ?? []) all.push({ id: one.id, icon: HardHat, text: `${one.number} · ${retold(one.title, t)}`, about: one.room_number ?? t(`orderState.${one.state}`), run: () => void go({ to: '/work-orders/$id', params: { id: one.id } }) })
      if (may('task.assign')) for (const one of people.all) all.push({ id: one.id, icon: UserRound, text: one.name, about: t('palette.tasksOf'), run: () => void go({ to: '/tasks', search: { who: one.id } }) })
    }
    return all.filter((one) => !wanted || plain(`${one.text} ${one.about ?? ''}`).includes(wanted)).toSorted((one, other) => rank(one, wanted) - rank(other, wanted)).slice(0, MOST)
  }, [wanted, pages, rooms, orders, people, t, go, report, leave, may, properties, here, turnTo])

  const perform = (id: string): void => {
    close()
    hits.find((one) => one.id === id)?.run()
  }
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={(isOpen) => !isOpen && close()} className="fixed inset-0 z-40 bg-black/40">
      <Modal className="fixed inset-x-3 top-[8dvh] mx-auto max-w-xl overflow-hidden rounded-card border border-line bg-surface shadow-pop">
        <Dialog aria-label={t('palette.find')} className="outline-none">
          <Autocomplete inputValue={typed} onInputChange={setTyped}>
            {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the box was called by a key */}
            <SearchField aria-label={t('palette.find')} autoFocus className="border-b border-line">
              {/* oxlint-disable-next-line jsx-a11y/role-has-required-aria-props -- Autocomplete says which list it controls */}
              <Input role="combobox" aria-expanded placeholder={t('palette.find')} className="h-14 w-full bg-transparent px-4 text-base outline-none placeholder:text-ink-3" />
            </SearchField>
            <ListBox aria-label={t('palette.found')} items={hits} selectionMode="none" onAction={(key) => perform(String(key))} renderEmptyState={() => <p className="px-4 py-8 text-center text-sm text-ink-3">{t('palette.none')}</p>} className="max-h-[55dvh] overflow-y-auto p-2 outline-none">
              {(one: Hit) => (
                <ListBoxItem id={one.id} textValue={one.text} className="flex min-h-11 cursor-pointer items-center gap-3 rounded-lg px-3 text-sm outline-none data-focused:bg-brand-tint data-focused:text-brand-text">
                  <one.icon size={17} className="shrink-0 text-ink-3" aria-hidden />
                  <Text slot="label" className="min-w-0 flex-1 truncate font-medium" dir="auto">{one.text}</Text>
                  {one.about && <Text slot="description" className="max-w-40 truncate text-xs text-ink-3" dir="auto">{one.about}</Text>}
                </ListBoxItem>
              )}
            </ListBox>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

/** What begins as it was typed comes first. */
const rank = (one: Hit, wanted: string): number => (!wanted ? 0 : plain(one.text).split(/\s+/).some((word) => word.startsWith(wanted)) ? 0 : 1)
