/** What can be done with a thing: an action is said once; buttons, menus and keys only call it. The server says which are open. */

import { useQueryClient } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { MoreHorizontal, type LucideIcon } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { newest, put } from '@/api/put'
import { changed, Form, type Field, type Given } from '@/components/form'
import { Popup, Sure } from '@/components/popup'
import { say } from '@/components/toast'
import { PhotoPick } from '@/frame/photos'
import { Problem } from '@/lib/problem'
import { reason } from '@/lib/words'
import type { Photo } from '@/offline/outbox'

export interface Action<T> {
  icon: LucideIcon
  /** What has to be said first. */
  fields?: readonly Field[]
  /** What stands in them already. */
  initial?: (one: T) => Given
  /** Only what was said otherwise is sent: the rest may be somebody else's by now. */
  changes?: true
  /** Photos may come with it. */
  photos?: boolean
  /** Cannot be undone: asked once more. */
  isGrave?: boolean
  /** What becomes of it, where it is asked once more. */
  sure?: string
  perform: (one: T, given: Given, photos: readonly Photo[]) => Promise<unknown>
  /** The way back, while it is said that it was done. */
  undo?: (before: T) => Promise<unknown>
}
export type Actions<T> = Readonly<Record<string, Action<T>>>
interface Begun<T> {
  one: T
  name: string
}

/** `begin` starts an action; `asks` belongs somewhere on the page: it asks what has to be asked. */
export function useAct<T>(
  actions: Actions<T>, label: (name: string) => string, zone: string, stale: readonly (readonly unknown[])[] = [],
  nameOf?: (one: T) => string,
) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [begun, setBegun] = useState<Begun<T> | null>(null)
  const [newer, setNewer] = useState<T | null>(null)
  const [photos, setPhotos] = useState<Photo[]>([])
  const [isBusy, setBusy] = useState(false)
  const titleOf = ({ one, name }: Begun<T>): string => [label(name), nameOf?.(one)].filter(Boolean).join(' · ')
  const settle = (next: unknown): void => {
    put(client, next)
    for (const queryKey of stale) void client.invalidateQueries({ queryKey })
  }
  const close = (): void => {
    setBegun(null)
    setNewer(null)
    setPhotos([])
  }
  async function perform({ one, name }: Begun<T>, given: Given): Promise<void> {
    const action = actions[name]
    if (!action) return
    const said = action.changes ? changed(given, action.initial?.(one) ?? {}) : given
    if (action.changes && Object.keys(said).length === 0) return close()
    try {
      settle(await action.perform(newer ?? one, said, photos))
    } catch (error) {
      if (error instanceof Problem && error.status === 412) {
        // They were told that somebody else was faster, and see what is there now: the next press is meant.
        await Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey })))
        setNewer(newest(client, one))
      }
      throw error
    }
    close()
    const back = action.undo && (() => void action.undo?.(one).then(settle).catch((error: unknown) => say(reason(error, t), true)))
    say(t('act.done', { what: titleOf({ one, name }) }), false, back)
  }
  const attempt = async (what: Begun<T>): Promise<void> => {
    setBusy(true)
    try {
      await perform(what, {})
    } catch (error) {
      say(reason(error, t), true)
      for (const queryKey of stale) void client.invalidateQueries({ queryKey })
    } finally {
      setBusy(false)
    }
  }
  const begin = (name: string, one: T): void => {
    const action = actions[name]
    if (action?.fields || action?.photos || action?.isGrave) setBegun({ one, name })
    else void attempt({ one, name })
  }
  const action = begun && actions[begun.name]
  const title = begun && titleOf(begun)
  const asks: ReactNode = begun && action && (
    action.fields || action.photos ? (
      <Popup title={title} close={close}>
        <Form
          fields={filled(action, begun.one)} zone={zone} go={label(begun.name)} perform={(given) => perform(begun, given)}
          more={action.photos && <PhotoPick photos={photos} set={setPhotos} />}
        />
      </Popup>
    ) : <Sure title={title ?? ''} text={action.sure ?? t('act.sure')} go={label(begun.name)} close={close} perform={() => void attempt(begun)} />
  )
  return { begin, asks, isBusy }
}

function filled<T>({ fields = [], initial }: Action<T>, one: T): readonly Field[] {
  const known = initial?.(one) ?? {}
  return fields.map((field) => (field.name in known ? { ...field, initial: known[field.name] } : field))
}

interface Offered<T> {
  one: T
  names: readonly string[]
  actions: Actions<T>
  label: (name: string) => string
  begin: (name: string, one: T) => void
  isBusy?: boolean
}

/** The next step large, all others in a menu beside it. */
export function NextMove<T>({ one, names, actions, label, begin, isBusy }: Offered<T>) {
  const { t } = useTranslation()
  const [first, ...rest] = names.filter((name) => name in actions)
  if (!first) return <p className="text-sm text-ink-3">{t('act.none')}</p>
  const Icon = actions[first]?.icon
  return (
    <div className="flex gap-2">
      <button type="button" disabled={isBusy} className="btn btn-primary h-14 flex-1 rounded-xl text-base font-semibold" onClick={() => begin(first, one)}>{Icon && <Icon size={19} aria-hidden />}{label(first)}</button>
      {rest.length > 0 && <MoreMenu one={one} names={rest} actions={actions} label={label} begin={begin} className="btn h-14 w-14 rounded-xl px-0" />}
    </div>
  )
}

export function MoreMenu<T>({ one, names, actions, label, begin, className = 'btn btn-ghost btn-icon' }: Offered<T> & { className?: string }) {
  const { t } = useTranslation()
  const open = names.filter((name) => name in actions)
  if (open.length === 0) return null
  return (
    <MenuTrigger>
      <Button aria-label={t('act.more')} className={clsx(className, 'relative z-10')}><MoreHorizontal size={19} aria-hidden /></Button>
      <Popover placement="bottom end" className="min-w-52 rounded-card border border-line bg-surface p-1.5 shadow-pop">
        <Menu aria-label={t('act.more')} onAction={(name) => begin(String(name), one)} className="outline-none">
          {open.map((name) => {
            const Icon = actions[name]?.icon
            return <MenuItem key={name} id={name} textValue={label(name)} className="flex h-11 cursor-pointer items-center gap-3 rounded-lg px-3 text-sm font-medium outline-none data-focused:bg-sunken">{Icon && <Icon size={16} className="text-ink-3" aria-hidden />}{label(name)}</MenuItem>
          })}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
