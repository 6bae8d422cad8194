/** Photos: taken or chosen, made small before they are kept or sent; shown with the rights of the one who looks. */

import { useQuery } from '@tanstack/react-query'
import { Camera, ImageOff, X } from 'lucide-react'
import { useEffect, useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { Popup } from '@/components/popup'
import { say } from '@/components/toast'
import type { Photo } from '@/offline/outbox'

const LONGEST = 1_600
const QUALITY = 0.8
const MOST = 6

/** As WebP where the browser writes it, else JPEG: an iPhone that is asked for WebP gives a PNG of some megabytes. */
export async function written(canvas: Pick<HTMLCanvasElement, 'toBlob'>): Promise<Blob> {
  for (const type of ['image/webp', 'image/jpeg']) {
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, type, QUALITY))
    if (blob?.type === type) return blob
  }
  throw new Error('the photo could not be drawn')
}

/** At most 1600 pixels on its longer side: a few hundred kilobytes. */
async function shrunk(file: File): Promise<Photo> {
  const drawn = await createImageBitmap(file)
  const scale = Math.min(1, LONGEST / Math.max(drawn.width, drawn.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(drawn.width * scale)
  canvas.height = Math.round(drawn.height * scale)
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('there is no canvas')
  pen.fillStyle = '#fff' // where it is seen through: else black in a JPEG
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(drawn, 0, 0, canvas.width, canvas.height)
  const blob = await written(canvas)
  return { blob, name: `${file.name.replace(/\.\w+$/, '') || 'photo'}.${blob.type === 'image/webp' ? 'webp' : 'jpg'}` }
}

export function PhotoPick({ photos, set }: { photos: readonly Photo[]; set: (photos: Photo[]) => void }) {
  const { t } = useTranslation()
  const id = useId()
  async function take(files: FileList | null): Promise<void> {
    try {
      set([...photos, ...(await Promise.all([...(files ?? [])].slice(0, MOST - photos.length).map(shrunk)))])
    } catch {
      say(t('photo.bad'), true)
    }
  }
  return (
    <div className="flex flex-wrap gap-2">
      {photos.map((one) => <Taken key={one.name + one.blob.size} photo={one} drop={() => set(photos.filter((other) => other !== one))} />)}
      {photos.length < MOST && (
        <label htmlFor={id} className="btn h-20 w-20 cursor-pointer flex-col gap-1 border-dashed border-line-strong text-xs focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-[var(--focus)]">
          <Camera size={20} aria-hidden />{t('photo.add')}
          <input id={id} type="file" accept="image/*" multiple className="sr-only" onChange={(change) => { void take(change.target.files); change.target.value = '' }} />
        </label>
      )}
    </div>
  )
}

function Taken({ photo, drop }: { photo: Photo; drop: () => void }) {
  const { t } = useTranslation()
  const url = useUrl(photo.blob)
  return (
    <span className="relative">
      {url && <img src={url} alt={photo.name} className="size-20 rounded-lg object-cover" />}
      <button type="button" onClick={drop} aria-label={t('photo.drop')} className="absolute -end-2 -top-2 grid size-7 place-items-center rounded-full border border-line bg-surface shadow-card"><X size={14} aria-hidden /></button>
    </span>
  )
}

function useUrl(blob: Blob | undefined): string | undefined {
  const url = useMemo(() => blob && URL.createObjectURL(blob), [blob])
  useEffect(() => () => { if (url) URL.revokeObjectURL(url) }, [url])
  return url
}

const useBytes = (id: string, what: 'thumbnail' | 'content', isOn = true) =>
  useQuery({
    queryKey: ['file', id, what], staleTime: Infinity, enabled: isOn,
    queryFn: ({ signal }) => data(what === 'thumbnail'
      ? api.GET('/api/v1/files/{file_id}/thumbnail', { params: { path: { file_id: id } }, parseAs: 'blob', signal })
      : api.GET('/api/v1/files/{file_id}/content', { params: { path: { file_id: id } }, parseAs: 'blob', signal })) as Promise<unknown> as Promise<Blob>,
  })

/** What is attached to a thing. */
export function Photos({ of }: { of: string }) {
  const { t } = useTranslation()
  const { data: files } = useQuery({
    queryKey: ['files', of],
    queryFn: async ({ signal }) => (await data(api.GET('/api/v1/files', { params: { query: { attached_to: of } }, signal }))).items,
  })
  const [open, setOpen] = useState<string | null>(null)
  if (!files?.length) return null
  return (
    <div className="flex flex-wrap gap-2">
      {files.map((one) => <button key={one.id} type="button" aria-label={t('photo.open', { name: one.name })} onClick={() => setOpen(one.id)}><Thumb id={one.id} /></button>)}
      {open && <Full id={open} close={() => setOpen(null)} />}
    </div>
  )
}

function Thumb({ id }: { id: string }) {
  const { data: blob, error } = useBytes(id, 'thumbnail')
  const url = useUrl(blob)
  if (error) return <span className="grid size-20 place-items-center rounded-lg bg-sunken text-ink-3"><ImageOff size={20} aria-hidden /></span>
  return url ? <img src={url} alt="" className="size-20 rounded-lg object-cover" /> : <span className="skeleton block size-20" />
}

function Full({ id, close }: { id: string; close: () => void }) {
  const { t } = useTranslation()
  const { data: blob } = useBytes(id, 'content')
  const url = useUrl(blob)
  return <Popup title={t('photo.one')} shape="wide" close={close}>{url ? <img src={url} alt={t('photo.one')} className="mx-auto max-h-[70dvh] rounded-lg" /> : <div className="skeleton h-64" />}</Popup>
}

/** One photo, sent again after an answer that was lost, is one file. */
const keys = new WeakMap<Blob, string>()
const keyOf = (blob: Blob): string => {
  const key = keys.get(blob) ?? crypto.randomUUID()
  keys.set(blob, key)
  return key
}

/** Sends photos at once, where there is a network; their ids. */
export async function upload(place: string, photos: readonly Photo[]): Promise<string[]> {
  const ids: string[] = []
  for (const one of photos) {
    const made = await data(api.POST('/api/v1/files', {
      params: { query: { property_id: place, name: one.name } }, body: one.blob as never, bodySerializer: (body: unknown) => body as BodyInit, headers: { 'content-type': one.blob.type, 'idempotency-key': keyOf(one.blob) },
    }))
    ids.push(made.id)
  }
  return ids
}
