/** What comes between an attendant and a room: the guest does not want it, help is needed, somebody is there who should not be. */

import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Task } from '@/api/queries'
import { Form, type Field, type Given } from '@/components/form'
import { Popup } from '@/components/popup'
import { say } from '@/components/toast'
import { move, observe } from '@/features/tasks/commands'
import { where } from '@/features/tasks/sheet'
import { PhotoPick } from '@/frame/photos'
import type { Photo } from '@/offline/outbox'

export type Asks = 'dnd' | 'refuse' | 'help' | 'observe' | null

export function Between({ one, by, asks, close }: { one: Task; by: string; asks: NonNullable<Asks>; close: () => void }) {
  const { t } = useTranslation()
  const [photos, setPhotos] = useState<Photo[]>([])
  const number = where(one, t)
  const note = (given: Given): string => String(given.note ?? '')
  const ways: Record<NonNullable<Asks>, { title: string; fields: Field[]; go: string; perform: (given: Given) => Promise<unknown> }> = {
    dnd: { title: t('between.dnd', { number }), go: t('flag.dnd'), fields: [], perform: () => move(one, 'refuse', by, number, { reason: 'do_not_disturb' }) },
    refuse: {
      title: t('between.refuse', { number }), go: t('work.refuse'),
      fields: [{ name: 'reason', label: t('reason'), kind: 'select', required: true, initial: 'service_declined', options: [['service_declined', t('refuse.service_declined')], ['guest_in_room', t('refuse.guest_in_room')], ['no_linen', t('refuse.no_linen')]] }, { name: 'note', label: t('task.note') }],
      perform: (given) => move(one, 'refuse', by, number, { reason: given.reason, ...(given.note ? { note: note(given) } : {}) }),
    },
    help: {
      title: t('between.help', { number }), go: t('between.call'), fields: [{ name: 'note', label: t('help.what'), suggest: [t('help.heavy'), t('help.linen'), t('help.guest')] }],
      perform: (given) => move(one, 'help', by, number, given.note ? { note: note(given) } : {}),
    },
    observe: {
      title: t('between.observe', { number }), go: t('between.tell'),
      fields: [{ name: 'occupancy', label: t('between.see'), kind: 'select', required: true, options: [['occupied', t('between.occupied')], ['vacant', t('between.vacant')]] }, { name: 'note', label: t('task.note') }],
      perform: (given) => observe(one, by, number, given.occupancy as 'vacant' | 'occupied', note(given), photos),
    },
  }
  const { title, fields, go, perform } = ways[asks]
  return (
    <Popup title={title} close={close}>
      {asks === 'dnd' && <p className="mb-4 text-sm text-ink-2">{t('between.dndText')}</p>}
      <Form fields={fields} go={go} perform={async (given) => { await perform(given); say(t('saved.phone')); close() }} more={asks === 'observe' && <PhotoPick photos={photos} set={setPhotos} />} />
    </Popup>
  )
}
