/** @jsxImportSource preact */
/** The report of a fault: words, kind, danger, pictures. What was typed stays until it was sent. */

import { useRef, useState } from 'preact/hooks'
import { addPicture, type Place, report, type Reported, type Trouble, troubleOf } from '@/portal/api'
import { Unsent } from '@/portal/frame'
import { Icon } from '@/portal/icons'
import { useKept } from '@/portal/kept'
import { useSpeech } from '@/portal/language'
import { type Photo, Photos, usePhotos } from '@/portal/photos'
import { blobOf } from '@/portal/picture'
import { tradeName } from '@/portal/trade'

const EMPTY = { text: '', category: null as string | null, hurt: false }

export function FaultForm({ token, place, sent }: { token: string; place: Place; sent: (told: Reported) => void }) {
  const { w, language, number } = useSpeech()
  const [draft, keep, forget] = useKept(`fault.${token}`, EMPTY)
  const [photos, setPhotos, forgetPhotos] = usePhotos(token)
  const [step, setStep] = useState('')
  const [trouble, setTrouble] = useState<Trouble>()
  const [isEmpty, setEmpty] = useState(false)
  const text = useRef<HTMLTextAreaElement>(null)

  const put = (which: Photo, more: Partial<Photo>) => setPhotos((all) => all.map((one) => (one.key === which.key ? { ...one, ...more } : one)))

  /** One after the other; those that arrived are not sent again. */
  const upload = async (): Promise<string[] | null> => {
    const ids: string[] = []
    for (const [n, one] of photos.entries()) {
      setStep(w.fault.sendingPhoto(number(n + 1), number(photos.length)))
      try {
        // A slow network is kept for one at a time.
        const id = one.id ?? (await addPicture(token, blobOf(one.url))).id
        put(one, { id })
        ids.push(id)
      } catch (error) {
        if (troubleOf(error).isOpen || troubleOf(error).kind === 'gone') throw error
        put(one, { isBad: true })
        return null
      }
    }
    return ids
  }

  const send = async () => {
    setEmpty(!draft.text.trim())
    if (!draft.text.trim()) return text.current?.focus()
    setTrouble(undefined)
    try {
      const ids = await upload()
      if (!ids) return undefined
      setStep(w.sending)
      const told = await report(token, { text: draft.text.trim(), category: draft.category, safety_concern: draft.hurt, photo_ids: ids })
      forgetPhotos()
      forget()
      sent(told)
    } catch (error) {
      const wrong = troubleOf(error)
      // Pictures that waited too long are gone from the server: they go once more.
      if (wrong.kind === 'refused') setPhotos((all) => all.map((one) => ({ ...one, id: undefined })))
      setTrouble(wrong)
    } finally {
      setStep('')
    }
    return undefined
  }

  return (
    <form class="card stack" noValidate aria-busy={!!step} onSubmit={(event) => { event.preventDefault(); if (!step) void send() }}>
      <p class="place"><Icon of="place" /><bdi>{place.place}</bdi></p>
      <h1><label for="text">{w.fault.title}</label></h1>
      <div>
        <textarea
          id="text" name="text" ref={text} rows={4} maxLength={2000} dir="auto" required value={draft.text} placeholder={w.fault.example}
          aria-invalid={isEmpty} aria-describedby="text-wrong" onInput={({ currentTarget }) => keep({ ...draft, text: currentTarget.value })}
        />
        <div role="alert" id="text-wrong">{isEmpty && !draft.text.trim() && <p class="wrong">{w.fault.empty}</p>}</div>
      </div>
      <fieldset>
        <legend>{w.fault.kind} <small>{w.optional}</small></legend>
        <div class="chips">
          {place.categories.map(({ code, names }) => (
            <button
              key={code} type="button" class="chip" aria-pressed={draft.category === code}
              onClick={() => keep({ ...draft, category: draft.category === code ? null : code })}
            >{tradeName(code, language, names)}</button>
          ))}
        </div>
      </fieldset>
      <label class="check" data-on={draft.hurt}>
        <input type="checkbox" name="hurt" checked={draft.hurt} onChange={({ currentTarget }) => keep({ ...draft, hurt: currentTarget.checked })} />
        <Icon of="alert" /><span>{w.hurt}</span>
      </label>
      <Photos photos={photos} set={setPhotos} busy={!!step} />
      <Unsent trouble={trouble} />
      <button type="submit" class="button primary" disabled={!!step}>{step || (trouble ? w.fault.sendAgain : w.fault.send)}</button>
      <p class="quiet">{w.fault.privacy}</p>
    </form>
  )
}
