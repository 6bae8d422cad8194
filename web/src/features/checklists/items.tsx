/** The things of a checklist: added, taken away, moved. The key of each is made once, and stays while its words change. */

import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { components } from '@/api/schema'
import { usePopup } from '@/components/popup'
import { numeric } from '@/lib/digits'
import { number } from '@/lib/i18n'

type Item = components['schemas']['ItemOut']
export interface Row {
  id: string
  /** Empty while it is new. */
  key: string
  label: string
  kind: Item['kind']
  required: boolean
  low: string
  high: string
  unit: string
  choices: string
}

const KINDS = ['yes_no', 'number', 'text', 'choice'] as const satisfies readonly Item['kind'][]
const text = (value: number | null): string => (value === null ? '' : String(value))

export const rowOf = (one?: Item): Row => ({
  id: crypto.randomUUID(), key: one?.key ?? '', label: one?.label ?? '', kind: one?.kind ?? 'yes_no', required: one?.required ?? true,
  low: text(one?.low ?? null), high: text(one?.high ?? null), unit: one?.unit ?? '', choices: one?.choices.join(', ') ?? '',
})

/** Latin words of the label, else its place; never the key of another. */
function keyOf(row: Row, before: readonly Row[]): string {
  if (row.key) return row.key
  const base = row.label.toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^[^a-z]+/, '').replace(/_+$/, '').slice(0, 30) || 'item'
  return before.some((one) => (one.key || keyOf(one, [])) === base) || base === 'item' ? `${base}_${row.id.slice(0, 6)}` : base
}

export function itemOf(row: Row, before: readonly Row[]): components['schemas']['ItemBody'] {
  const isNumber = row.kind === 'number'
  return {
    key: keyOf(row, before), label: row.label.trim(), kind: row.kind, required: row.required,
    low: isNumber && row.low !== '' ? numeric(row.low) : null, high: isNumber && row.high !== '' ? numeric(row.high) : null, unit: isNumber && row.unit.trim() ? row.unit.trim() : null,
    choices: row.kind === 'choice' ? row.choices.split(/[,،\n]/).map((one) => one.trim()).filter(Boolean) : [],
  }
}

export function Items({ rows, set }: { rows: readonly Row[]; set: (rows: Row[]) => void }) {
  const { t } = useTranslation()
  const popup = usePopup()
  const become = (next: Row[]): void => {
    popup?.written(true)
    set(next)
  }
  const change = (at: number, part: Partial<Row>): void => become(rows.map((one, index) => (index === at ? { ...one, ...part } : one)))
  const move = (at: number, to: number): void => {
    const [moved, next] = [rows[at], rows.toSpliced(at, 1)]
    if (moved) become(next.toSpliced(to, 0, moved))
  }
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 text-sm font-semibold">{t('checklists.items')}</legend>
      <ol className="flex flex-col gap-3">
        {rows.map((row, at) => (
          <li key={row.id} className="flex flex-col gap-2 rounded-lg border border-line p-3">
            <div className="flex items-center gap-1">
              <span className="num flex-1 text-sm font-semibold text-ink-3">{number(at + 1)}</span>
              <button type="button" className="btn btn-ghost btn-icon" disabled={at === 0} aria-label={t('checklists.up', { shown: number(at + 1) })} onClick={() => move(at, at - 1)}><ArrowUp size={16} aria-hidden /></button>
              <button type="button" className="btn btn-ghost btn-icon" disabled={at === rows.length - 1} aria-label={t('checklists.down', { shown: number(at + 1) })} onClick={() => move(at, at + 1)}><ArrowDown size={16} aria-hidden /></button>
              <button type="button" className="btn btn-ghost btn-icon" disabled={rows.length === 1} aria-label={t('checklists.drop', { shown: number(at + 1) })} onClick={() => become(rows.toSpliced(at, 1))}><Trash2 size={16} aria-hidden /></button>
            </div>
            <Entry row={row} change={(part) => change(at, part)} />
          </li>
        ))}
      </ol>
      <button type="button" className="btn self-start" onClick={() => become([...rows, rowOf()])}><Plus size={16} aria-hidden />{t('checklists.add')}</button>
    </fieldset>
  )
}

function Entry({ row, change }: { row: Row; change: (part: Partial<Row>) => void }) {
  const { t } = useTranslation()
  const typed = (name: 'low' | 'high' | 'unit' | 'choices' | 'label') => ({ value: row[name], onChange: (event: { target: { value: string } }) => change({ [name]: event.target.value }) })
  const label = 'flex min-w-0 flex-col gap-1 text-xs font-medium text-ink-2'
  return (
    <>
      <div className="grid gap-2 md:grid-cols-[1fr_11rem]">
        <label className={label}>{t('checklists.label')}<input required dir="auto" className="field" {...typed('label')} /></label>
        <label className={label}>{t('checklists.answer')}<select className="field" value={row.kind} onChange={(event) => change({ kind: KINDS.find((one) => one === event.target.value) ?? 'yes_no' })}>{KINDS.map((one) => <option key={one} value={one}>{t(`checklists.kinds.${one}`)}</option>)}</select></label>
      </div>
      {row.kind === 'number' && (
        <div className="grid grid-cols-3 gap-2">
          <label className={label}>{t('checklists.low')}<input inputMode="decimal" dir="ltr" className="field" {...typed('low')} /></label>
          <label className={label}>{t('checklists.high')}<input inputMode="decimal" dir="ltr" className="field" {...typed('high')} /></label>
          <label className={label}>{t('checklists.unit')}<input dir="auto" className="field" {...typed('unit')} /></label>
        </div>
      )}
      {row.kind === 'choice' && <label className={label}>{t('checklists.choices')}<input required dir="auto" className="field" {...typed('choices')} /></label>}
      <label className="flex min-h-9 items-center gap-3 text-sm max-md:min-h-11"><input type="checkbox" className="size-5 accent-brand" checked={row.required} onChange={(event) => change({ required: event.target.checked })} />{t('checklists.required')}</label>
    </>
  )
}
