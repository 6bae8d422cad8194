/** @jsxImportSource preact */
/** Up to three pictures, made small before they are sent. */

import { useCallback, useRef, useState } from 'preact/hooks'
import { Icon } from '@/portal/icons'
import { useKept } from '@/portal/kept'
import { useSpeech } from '@/portal/language'
import { shrink } from '@/portal/picture'

const MOST = 3
const NONE: readonly Photo[] = []

/** As it is kept: its bytes in its address; `id` once the server has it. */
export interface Photo {
  key: string
  url: string
  id?: string | undefined
  isBad?: boolean
}

type Change = (all: readonly Photo[]) => readonly Photo[]

/** They outlive a reload, as the words do; where there is no room for them they are here until the page is left. */
export function usePhotos(token: string): [readonly Photo[], (change: Change) => void, () => void] {
  const [photos, keep, forget] = useKept<readonly Photo[]>(`photos.${token}`, NONE)
  const nowRef = useRef(photos)
  const set = useCallback((change: Change) => {
    nowRef.current = change(nowRef.current)
    keep(nowRef.current)
  }, [keep])
  return [photos, set, forget]
}

interface PhotosProps {
  photos: readonly Photo[]
  set: (change: Change) => void
  busy: boolean
}

export function Photos({ photos, set, busy }: PhotosProps) {
  const { w, number } = useSpeech()
  const [isUnread, setUnread] = useState(false)

  const add = async (files: readonly File[]) => {
    const made = await Promise.allSettled(files.slice(0, MOST - photos.length).map(shrink))
    setUnread(made.some((one) => one.status === 'rejected'))
    const good = made.flatMap((one, n) => (one.status === 'fulfilled' ? [{ key: `${Date.now()}.${n}`, url: one.value }] : []))
    set((all) => [...all, ...good].slice(0, MOST))
  }
  const remove = (which: Photo) => set((all) => all.filter((one) => one.key !== which.key))

  return (
    <fieldset>
      <legend>{w.fault.photos} <small>{w.fault.most(number(MOST))}</small></legend>
      <div class="photos">
        {photos.map((one, n) => (
          <span class="photo" key={one.key} data-bad={!!one.isBad}>
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
