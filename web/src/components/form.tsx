/** A form from a list of fields. What the server refuses is said at the field that it is about, and nothing written is lost. */

import { clsx } from 'clsx'
import type { TFunction } from 'i18next'
import { lazy, Suspense, useEffect, useId, useRef, useState, type FormEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { usePopup } from '@/components/popup'
import { numeric } from '@/lib/digits'
import { forgetDoubts } from '@/lib/doubts'
import { number } from '@/lib/i18n'
import { Problem, type Fault } from '@/lib/problem'
import { reason } from '@/lib/words'

const When = lazy(() => import('@/components/when').then((found) => ({ default: found.When })))

export type Given = Record<string, unknown>
export interface Field {
  name: string
  label: string
  /** `text` unless said. `moment` and `date` are of the hotel's zone, and in the reader's calendar. */
  kind?: 'text' | 'textarea' | 'number' | 'select' | 'check' | 'date' | 'moment' | 'time' | 'password' | 'email' | 'phone' | 'list'
  required?: boolean
  options?: readonly (readonly [value: string, label: string])[]
  hint?: string
  initial?: unknown
  /** Codes, numbers and addresses are written from left to right in every language. */
  ltr?: boolean
  min?: number
  max?: number
  step?: number | 'any'
  autoComplete?: string
  /** What is suggested while one writes. */
  suggest?: readonly string[]
  /** Letters, at least. */
  least?: number
  /** The rule of the server that says no two have the same. */
  unique?: string
}

interface Props {
  fields: readonly Field[]
  go: string
  zone?: string
  perform: (given: Given) => Promise<unknown>
  children?: ReactNode
  /** Something else beside the fields was chosen. */
  more?: ReactNode
}

const LATIN = new Set(['number', 'time', 'password', 'email', 'phone'])
const TYPES: Record<string, string> = { time: 'time', password: 'password', email: 'email', phone: 'tel' }

/** What stands in a field; nothing where it is empty: null if something stood there before. */
function read(form: FormData, field: Field): unknown {
  const text = form.get(field.name)?.toString().trim() ?? ''
  if (field.kind === 'check') return text === 'on'
  if (!form.has(field.name)) return undefined // it is not there yet: nobody emptied it
  if (field.kind === 'list') return text ? text.split(/[,،\n]/).map((one) => one.trim()).filter(Boolean) : []
  if (text === '') return field.initial === undefined || field.initial === null || field.initial === '' ? undefined : null
  if (field.kind === 'number') return numeric(text)
  return field.kind === 'password' ? (form.get(field.name)?.toString() ?? '') : text
}

export function given(form: HTMLFormElement, fields: readonly Field[]): Given {
  const data = new FormData(form)
  return Object.fromEntries(fields.map((one) => [one.name, read(data, one)] as const).filter(([, value]) => value !== undefined))
}

/** The browser's own field for numbers drops the digits of Dari and Arabic: these are judged here. */
function odd(said: Given, fields: readonly Field[], t: TFunction): Fault[] {
  return fields.flatMap(({ name, kind, min, max, step }) => {
    const value = said[name]
    if (kind !== 'number' || typeof value !== 'number') return []
    const message = Number.isNaN(value) || (step === undefined && !Number.isInteger(value)) ? t('fault.wrong')
      : min !== undefined && value < min ? t('fault.least', { shown: number(min) })
      : max !== undefined && value > max ? t('fault.most', { shown: number(max) }) : ''
    return message ? [{ pointer: `/${name}`, message }] : []
  })
}

/** What is said otherwise than it stood: the rest may have been changed by somebody else meanwhile. */
export const changed = (said: Given, before: Given): Given =>
  Object.fromEntries(Object.entries(said).filter(([name, value]) => !isSame(value ?? null, before[name] ?? null)))

/** What stood in the fields. */
export const stood = (fields: readonly Field[]): Given =>
  Object.fromEntries(fields.map(({ name, kind, initial }) => [name, kind === 'check' ? initial === true : kind === 'list' ? (initial ?? []) : initial === '' ? null : initial]))

/** One instant may be written in two ways, and so may a number. */
const isSame = (one: unknown, other: unknown): boolean =>
  one === other || (Array.isArray(one) && JSON.stringify(one) === JSON.stringify(other)) || (typeof one === 'number' && other !== null && Number(other) === one) ||
  (typeof one === 'string' && typeof other === 'string' && /^\d{4}-\d\d-\d\dT/.test(one) && Date.parse(one) === Date.parse(other))

export function Form({ fields, go, zone = 'UTC', perform, children, more }: Props) {
  const { t } = useTranslation()
  const popup = usePopup()
  const [trouble, setTrouble] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  /** What was sent stands no more in a form that stays. */
  const [round, setRound] = useState(0)
  const root = useRef<HTMLFormElement>(null)
  useEffect(() => forgetDoubts, [])
  const faults = trouble instanceof Problem ? faultsOf(trouble, fields, t) : new Map<string, string>()
  const elsewhere = [...faults].flatMap(([name, message]) => fields.some((one) => one.name === name) ? [] : [message])
  const rest = trouble !== null && elsewhere.length === faults.size ? [reason(trouble, t), ...elsewhere] : elsewhere

  async function send(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    setBusy(true)
    setTrouble(null)
    try {
      const said = given(event.currentTarget, fields)
      const errors = odd(said, fields, t)
      if (errors.length > 0) throw new Problem(422, { code: 'invalid', errors })
      await perform(said)
      popup?.written(false)
      setRound((old) => old + 1)
    } catch (error) {
      setTrouble(error)
      requestAnimationFrame(() => root.current?.querySelector<HTMLElement>('[aria-invalid=true], [role=alert]')?.focus())
    } finally {
      setBusy(false)
    }
  }

  return (
    <form ref={root} onSubmit={(event) => void send(event)} onInput={() => popup?.written(true)} aria-busy={isBusy} className="flex flex-col gap-4">
      {fields.map((one) => <Entry key={`${one.name} ${round}`} field={one} zone={zone} fault={faults.get(one.name)} />)}
      {more}
      <p role="alert" dir="auto" tabIndex={-1} className={rest.length > 0 ? 'rounded-lg bg-bad-tint px-3 py-2 text-sm text-bad' : 'sr-only'}>{rest.join(' ')}</p>
      <div className="flex flex-wrap items-center justify-end gap-2">
        {children}
        <button type="submit" disabled={isBusy} className="btn btn-primary max-md:h-12 max-md:flex-1">{isBusy ? t('form.busy') : go}</button>
      </div>
    </form>
  )
}

const named = (pointer: string): string => pointer.split('/').find((one) => one !== '' && one !== 'body') ?? pointer

function faultsOf(problem: Problem, fields: readonly Field[], t: TFunction): Map<string, string> {
  const found = new Map(problem.faults.map((one) => [named(one.pointer), one.message]))
  const twice = fields.find((one) => one.unique !== undefined && one.unique === problem.more.constraint)
  if (twice) found.set(twice.name, t('form.taken'))
  return found
}

function Entry({ field, zone, fault: wrong }: { field: Field; zone: string; fault: string | undefined }) {
  const { t } = useTranslation()
  const id = useId()
  const { name, label, kind = 'text', required, hint, initial, options = [] } = field
  const said = clsx(hint && `${id}-hint`, wrong && `${id}-fault`) || undefined
  const common = {
    id, name, required, minLength: field.least, 'aria-describedby': said, 'aria-invalid': wrong ? true : undefined, autoComplete: field.autoComplete ?? 'off',
    dir: field.ltr || LATIN.has(kind) ? 'ltr' as const : 'auto' as const,
    className: clsx('field', kind === 'textarea' && 'h-auto min-h-24 py-2.5', wrong && 'border-bad'),
  }
  const text = initial === undefined || initial === null ? '' : Array.isArray(initial) ? initial.join(', ') : String(initial)
  const below = (
    <>
      {hint && <span id={`${id}-hint`} className="text-xs font-normal text-ink-3" dir="auto">{hint}</span>}
      {wrong && <span id={`${id}-fault`} className="text-xs font-medium text-bad" dir="auto">{wrong}</span>}
    </>
  )
  if (kind === 'check') {
    return (
      <div className="flex flex-col">
        <label className="flex min-h-11 items-center gap-3 text-sm font-medium"><input id={id} type="checkbox" name={name} defaultChecked={initial === true} aria-describedby={said} className="size-5 shrink-0 accent-brand" />{label}</label>
        {(hint ?? wrong) && <div className="-mt-2 flex flex-col gap-1 ps-8">{below}</div>}
      </div>
    )
  }
  if (kind === 'date' || kind === 'moment') {
    return (
      <div className="flex flex-col gap-1.5 text-sm font-medium">
        <Suspense fallback={<div className="skeleton h-16" />}><When name={name} label={label} kind={kind} zone={zone} initial={text} required={required ?? false} /></Suspense>
        {below}
      </div>
    )
  }
  return (
    <div className="flex flex-col gap-1.5 text-sm font-medium">
      <label htmlFor={id}>{label}{!required && ' '}{!required && <span className="ms-0.5 text-xs font-normal text-ink-3">{t('form.optional')}</span>}</label>
      {kind === 'textarea' && <textarea {...common} defaultValue={text} rows={3} />}
      {kind === 'select' && (
        <select {...common} defaultValue={text}>
          {!(required && text) && <option value="">{required ? t('form.choose') : '–'}</option>}
          {text && !options.some(([value]) => value === text) && <option value={text}>{text}</option>}
          {options.map(([value, shown]) => <option key={value} value={value}>{shown}</option>)}
        </select>
      )}
      {kind !== 'textarea' && kind !== 'select' && (
        <input {...common} type={TYPES[kind] ?? 'text'} defaultValue={text} inputMode={kind === 'number' ? (field.step ? 'decimal' : 'numeric') : undefined} list={field.suggest ? `${id}-list` : undefined} />
      )}
      {field.suggest && <datalist id={`${id}-list`} aria-label={label}>{field.suggest.map((one) => <option key={one} value={one}>{one}</option>)}</datalist>}
      {below}
    </div>
  )
}
