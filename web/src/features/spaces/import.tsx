/** Many rooms from a file: first shown as they would be made, then made in one go or not at all. */

import { useQueryClient } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { CircleAlert, CircleCheck, Download, FileUp } from 'lucide-react'
import Papa from 'papaparse'
import { useMemo, useState } from 'react'
import { Button, DropZone, FileTrigger, type DropZoneProps } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { Popup } from '@/components/popup'
import { say } from '@/components/toast'
import { COLUMNS, draftOf, faultsOf, rowsOf, TEMPLATE, type Row } from '@/features/spaces/rows'
import { number } from '@/lib/i18n'
import { Problem } from '@/lib/problem'
import { reason } from '@/lib/words'

const MOST = 500
const NONE: ReadonlySet<string> = new Set()

function template(): void {
  const url = URL.createObjectURL(new Blob([TEMPLATE], { type: 'text/csv' }))
  const link = document.createElement('a')
  link.href = url
  link.download = 'rooms.csv'
  link.click()
  URL.revokeObjectURL(url)
}

export function Import({ place, there, close }: { place: string; there: ReadonlySet<string>; close: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [found, setFound] = useState<readonly Record<string, string>[] | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [faults, setFaults] = useState<ReadonlyMap<number, string>>(new Map())
  const [isBusy, setBusy] = useState(false)
  const rows = useMemo(() => found && rowsOf(found, there), [found, there])
  async function take(file: File | undefined): Promise<void> {
    if (!file) return
    setFaults(new Map())
    const text = (await file.text()).replace(/^\uFEFF/, '')
    const transformHeader = (name: string): string => name.trim().toLowerCase().replaceAll(' ', '_')
    const { data: read, meta } = Papa.parse<Record<string, string>>(text, { header: true, transformHeader })
    const lacks = ['number', 'room_type'].filter((name) => !meta.fields?.includes(name))
    const many = rowsOf(read, NONE).length
    const why = !text.trim() || (lacks.length === 0 && many === 0) ? t('rooms.noRows')
      : lacks.length > 0 ? t('rooms.lacks', { columns: lacks.join(', ') })
      : many > MOST ? t('rooms.tooMany', { most: number(MOST) })
      : null
    setTrouble(why)
    setFound(why ? null : read)
  }
  async function make(): Promise<void> {
    if (!rows) return
    setBusy(true)
    setTrouble(null)
    try {
      const { items } = await data(api.POST('/api/v1/rooms/bulk', { body: { property_id: place, rooms: rows.map(draftOf) } }))
      say(t('rooms.made', { count: items.length, shown: number(items.length) }))
      void client.invalidateQueries({ queryKey: ['rooms'] })
      void client.invalidateQueries({ queryKey: ['board'] })
      close()
    } catch (error) {
      setFaults(error instanceof Problem ? faultsOf(error.faults) : new Map())
      setTrouble(reason(error, t))
      void client.invalidateQueries({ queryKey: ['rooms'] }) // somebody may have made one of them meanwhile: then its row says so
    } finally {
      setBusy(false)
    }
  }
  const bad = rows?.filter((one, index) => one.wrong.length > 0 || faults.has(index)).length ?? 0
  return (
    <Popup title={t('rooms.import')} shape="wide" close={close}>
      <div className="flex flex-col gap-4">
        <p className="text-sm text-ink-2">{t('rooms.importText')} <code dir="ltr" className="break-words text-xs">{COLUMNS.join(', ')}</code></p>
        <div className="flex flex-wrap items-center gap-2">
          <Pick take={(file) => void take(file)} />
          <button type="button" className="btn" onClick={template}><Download size={16} aria-hidden />{t('rooms.template')}</button>
        </div>
        <p role="alert" dir="auto" className={trouble ? 'rounded-lg bg-bad-tint px-3 py-2 text-sm text-bad' : 'sr-only'}>{trouble}</p>
        {rows && (
          <>
            <p role="status" className={clsx('text-sm font-medium', bad > 0 && 'text-bad')}>{bad > 0 ? t('rooms.bad', { count: bad, shown: number(bad) }) : t('rooms.good')}</p>
            <Rows rows={rows} faults={faults} />
            <div className="sticky -bottom-6 -mx-5 -mb-6 flex justify-end border-t border-line bg-surface px-5 py-3">
              <button type="button" className="btn btn-primary max-md:h-12 max-md:flex-1" disabled={bad > 0 || isBusy} onClick={() => void make()}>{isBusy ? t('form.busy') : t('rooms.makeMany', { count: rows.length, shown: number(rows.length) })}</button>
            </div>
          </>
        )}
      </div>
    </Popup>
  )
}

/** By hand or by a drop; react-aria says it to those who cannot see. */
function Pick({ take }: { take: (file: File | undefined) => void }) {
  const { t } = useTranslation()
  const drop: DropZoneProps['onDrop'] = ({ items }) => {
    const file = items.find((one) => one.kind === 'file')
    if (file) void file.getFile().then(take)
  }
  return (
    <DropZone aria-label={t('rooms.pick')} onDrop={drop} className="min-w-56 flex-1 rounded-lg outline-offset-2 data-drop-target:bg-brand-tint data-drop-target:outline-2">
      <FileTrigger acceptedFileTypes={['.csv', 'text/csv']} onSelect={(files) => take(files?.[0])}>
        <Button className="btn h-16 w-full border-dashed border-line-strong bg-transparent"><FileUp size={18} aria-hidden />{t('rooms.pick')}</Button>
      </FileTrigger>
    </DropZone>
  )
}

function Rows({ rows, faults }: { rows: readonly Row[]; faults: ReadonlyMap<number, string> }) {
  const { t } = useTranslation()
  return (
    <div className="max-h-[45dvh] overflow-auto rounded-lg border border-line">
      <table className="w-full text-sm">
        <caption className="sr-only">{t('rooms.import')}</caption>
        <thead className="sticky top-0 bg-surface"><tr className="border-b border-line text-xs text-ink-3">
          <th scope="col" className="px-3 py-2 text-end font-medium">{t('rooms.line')}</th>
          <th scope="col" className="px-3 py-2 text-start font-medium">{t('rooms.check')}</th>
          {COLUMNS.map((name) => <th key={name} scope="col" className="whitespace-nowrap px-3 py-2 text-start font-medium">{t(`rooms.cells.${name}`)}</th>)}
        </tr></thead>
        <tbody>
          {rows.map((one, index) => {
            const wrong = [...one.wrong.map((why) => t(`rooms.wrong.${why}`)), faults.get(index)].filter(Boolean).join(' ')
            return (
              <tr key={one.line} className={clsx('border-b border-line last:border-0', wrong && 'bg-bad-tint')}>
                <td className="num px-3 py-2 text-end text-ink-3">{number(one.line)}</td>
                <td className="min-w-40 px-3 py-2">{wrong ? <span className="flex items-start gap-1.5 font-medium text-bad" dir="auto"><CircleAlert size={15} className="mt-0.5 shrink-0" aria-hidden />{wrong}</span> : <span className="flex items-center gap-1.5 text-ink-2"><CircleCheck size={15} aria-hidden />{t('rooms.fine')}</span>}</td>
                {COLUMNS.map((name) => <td key={name} className="px-3 py-2"><bdi>{one.cells[name]}</bdi></td>)}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
