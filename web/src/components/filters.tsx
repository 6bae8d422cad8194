/** Filters of a list, as its address has them: chips that stand or not, choices, a search, and views that were kept. */

import { Bookmark, BookmarkPlus, Search, X } from 'lucide-react'
import { useState, type FormEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { say } from '@/components/toast'
import { kept } from '@/lib/kept'

export const Row = ({ children }: { children: ReactNode }) => <div className="mb-3 flex items-center gap-2 max-md:-mx-4 max-md:overflow-x-auto max-md:px-4 max-md:py-0.5 md:flex-wrap">{children}</div>

export function Chip({ on, set, children }: { on: boolean; set: (on: boolean) => void; children: ReactNode }) {
  return <button type="button" className="chip shrink-0" aria-pressed={on} onClick={() => set(!on)}>{children}</button>
}

export function Choice({ name, value, options, set }: { name: string; value: string | undefined; options: readonly (readonly [string, string])[]; set: (value: string | undefined) => void }) {
  return (
    <label className="chip relative shrink-0 pe-2" data-set={value ? true : undefined}>
      <span className="text-ink-3">{name}</span>
      <select aria-label={name} value={value ?? ''} onChange={(change) => set(change.target.value || undefined)} className="max-w-40 cursor-pointer bg-transparent font-medium text-ink outline-offset-4">
        <option value="">–</option>
        {options.map(([code, shown]) => <option key={code} value={code}>{shown}</option>)}
      </select>
    </label>
  )
}

export function Find({ name, value, set }: { name: string; value: string | undefined; set: (value: string | undefined) => void }) {
  return (
    <label className="relative max-md:min-w-[55vw] max-md:flex-1">
      <Search size={16} className="absolute inset-y-0 start-3 my-auto text-ink-3" aria-hidden />
      <input type="search" inputMode="search" aria-label={name} placeholder={name} value={value ?? ''} onChange={(change) => set(change.target.value || undefined)} className="field h-10 ps-9 text-sm max-md:h-11 md:w-52" />
    </label>
  )
}

interface View {
  name: string
  search: string
}
const stores = new Map<string, ReturnType<typeof kept>>()
const store = (page: string) => {
  const found = stores.get(page) ?? kept(`serai.views.${page}`)
  stores.set(page, found)
  return found
}

/** Views that this device keeps: a name for the filters of the address. */
export function Views({ page, search, apply }: { page: string; search: string; apply: (search: string) => void }) {
  const { t } = useTranslation()
  const place = store(page)
  const views = JSON.parse(place.use() ?? '[]') as View[]
  const [isNaming, setNaming] = useState(false)
  const keep = (next: View[]): void => place.set(JSON.stringify(next))
  const add = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const name = new FormData(event.currentTarget).get('name')?.toString().trim()
    if (name) keep([...views.filter((one) => one.name !== name), { name, search }])
    setNaming(false)
  }
  const drop = (name: string): void => {
    keep(views.filter((one) => one.name !== name))
    say(t('view.dropped', { name }), false, () => keep(views))
  }
  if (views.length === 0 && !search) return null
  return (
    <>
      {views.map((one) => (
        <span key={one.name} className="chip shrink-0 gap-0 p-0" data-on={one.search === search || undefined}>
          <button type="button" aria-pressed={one.search === search} className="inline-flex h-full items-center gap-1.5 rounded-s-full ps-3 pe-1.5 aria-pressed:text-brand-text" onClick={() => apply(one.search)}><Bookmark size={13} aria-hidden /><bdi>{one.name}</bdi></button>
          <button type="button" className="inline-grid h-full w-7 place-items-center rounded-e-full text-ink-3 hover:text-ink" aria-label={t('view.drop', { name: one.name })} onClick={() => drop(one.name)}><X size={13} aria-hidden /></button>
        </span>
      ))}
      {search && !isNaming && <button type="button" className="chip shrink-0 border-dashed" onClick={() => setNaming(true)}><BookmarkPlus size={14} aria-hidden />{t('view.keep')}</button>}
      {isNaming && (
        <form onSubmit={add} className="flex items-center gap-1">
          {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- it has just been asked for */}
          <input name="name" required maxLength={40} autoFocus aria-label={t('view.name')} placeholder={t('view.name')} className="field h-9 w-36 text-sm" onKeyDown={(event) => event.key === 'Escape' && setNaming(false)} />
          <button type="submit" className="btn btn-primary h-9">{t('save')}</button>
        </form>
      )}
    </>
  )
}
