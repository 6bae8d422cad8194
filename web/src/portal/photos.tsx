/** @jsxImportSource preact */
/** Up to three pictures, made small before they are sent. */

import { useState } from 'preact/hooks'
import { Icon } from '@/portal/icons'
import { useSpeech } from '@/portal/language'
import { shrink } from '@/portal/picture'

const MOST = 3

/** `id` once the server has it. */
export interface Photo {
  url: string
  blob: Blob
  id?: string | undefined
  isBad?: boolean
}

interface PhotosProps {
  photos: readonly Photo[]
  set: (change: (all: readonly Photo[]) => readonly Photo[]) => void
  busy: boolean
}

export function Photos({ photos, set, busy }: PhotosProps) {
  const { w, number } = useSpeech()
  const [isUnread, setUnread] = useState(false)

  const add = async (files: readonly File[]) => {
    const made = await Promise.allSettled(files.slice(0, MOST - photos.length).map(shrink))
    setUnread(made.some((one) => one.status === 'rejected'))
    const good = made.flatMap((one) => (one.status === 'fulfilled' ? [{ blob: one.value, url: URL.createObjectURL(one.value) }] : []))
    set((all) => [...all, ...good].slice(0, MOST))
  }
  const remove = (which: Photo) => {
    URL.revokeObjectURL(which.url)
    set((all) => all.filter((one) => one.url !== which.url))
  }

  return (
    <fieldset>
      <legend>{w.fault.photos} <small>{w.fault.most(number(MOST))}</small></legend>
      <div class="photos">
        {photos.map((one, n) => (
          <span class="photo" key={one.url} data-bad={!!one.isBad}>
            <img src={one.url} alt={w.fault.photo(number(n + 1))} />
            <button type="button" disabled={busy} aria-label={w.fault.remove(number(n + 1))} onClick={() => remove(one)}><Icon of="cross" /></button>
          </span>
        ))}
        {photos.length < MOST && (
          <label class="add">
            <input
              type="file" name="photos" accept="image/*" multiple disabled={busy}
              onChange={({ currentTarget }) => {
                void add([...(currentTarget.files ?? [])])
                currentTarget.value = ''
              }}
            />
            <Icon of="camera" size={26} /><span>{w.fault.addPhoto}</span>
          </label>
        )}
      </div>
      <div role="alert">{(isUnread || photos.some((one) => one.isBad)) && <p class="wrong">{isUnread ? w.fault.unread : w.fault.badPhoto}</p>}</div>
    </fieldset>
  )
}
