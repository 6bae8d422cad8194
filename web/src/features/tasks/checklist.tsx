/** A task's checklist under large fingers: each answer is kept on this phone as it is given. */

import { useTranslation } from 'react-i18next'
import type { Task } from '@/api/queries'
import { say } from '@/components/toast'
import { answer } from '@/features/tasks/commands'
import { where } from '@/features/tasks/sheet'
import { numeric } from '@/lib/digits'
import { reason } from '@/lib/words'

type Line = Task['checklist'][number]

export function Checklist({ one, by }: { one: Task; by: string }) {
  const { t } = useTranslation()
  const set = (line: Line, value: boolean | number | string | null): void =>
    void answer(one, { [line.key]: value }, by, where(one, t)).catch((error: unknown) => say(reason(error, t), true))
  return (
    <ul className="flex flex-col border-t border-line">
      {one.checklist.map((line) => (
        <li key={line.key} className="flex flex-wrap items-center justify-between gap-3 border-b border-line px-5 py-3 last:border-0">
          <span className="min-w-40 flex-1 text-sm font-medium" dir="auto" id={`line-${one.id}-${line.key}`}>{line.label}{line.required && <span className="text-bad" aria-label={t('form.required')}> *</span>}{line.outside && <span className="block text-xs text-bad">{t('mine.outside')}</span>}</span>
          <Answer one={one} line={line} set={(value) => set(line, value)} />
        </li>
      ))}
    </ul>
  )
}

function Answer({ one, line, set }: { one: Task; line: Line; set: (value: boolean | number | string | null) => void }) {
  const { t } = useTranslation()
  const label = `line-${one.id}-${line.key}`
  if (line.kind === 'yes_no') {
    return (
      <span role="group" aria-labelledby={label} className="flex gap-2">
        {([true, false] as const).map((value) => <button key={String(value)} type="button" aria-pressed={line.answer === value} onClick={() => set(line.answer === value ? null : value)} className="btn h-12 min-w-16 rounded-xl aria-pressed:border-brand aria-pressed:bg-brand-tint aria-pressed:text-brand-text">{t(value ? 'yes' : 'no')}</button>)}
      </span>
    )
  }
  if (line.kind === 'choice') {
    return <select aria-labelledby={label} value={String(line.answer ?? '')} onChange={(change) => set(change.target.value || null)} className="field w-40"><option value="">–</option>{line.choices.map((one_) => <option key={one_} value={one_}>{one_}</option>)}</select>
  }
  const isNumber = line.kind === 'number'
  const give = (text: string): void => {
    const value = text === '' ? null : isNumber ? numeric(text) : text
    if (Number.isNaN(value)) say(`${line.label}: ${t('fault.wrong')}`, true)
    else if (value !== line.answer) set(value)
  }
  return (
    <span className="flex items-center gap-2">
      <input aria-labelledby={label} inputMode={isNumber ? 'decimal' : 'text'} dir={isNumber ? 'ltr' : 'auto'} defaultValue={line.answer === null ? '' : String(line.answer)} onBlur={(leave) => give(leave.target.value.trim())} className="field w-36" />
      {line.unit && <span className="text-sm text-ink-3" dir="ltr">{line.unit}</span>}
    </span>
  )
}
