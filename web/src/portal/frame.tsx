/** @jsxImportSource preact */
/** What stands around every page: whose hotel it is, the language, waiting, and what went wrong. */

import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import type { Trouble } from '@/portal/api'
import { Icon } from '@/portal/icons'
import { choose, LANGUAGES, type Language, useSpeech } from '@/portal/language'

export function Frame({ hotel, title, children }: { hotel?: string; title?: string; children: ComponentChildren }) {
  const { w, language, speak } = useSpeech()
  useEffect(() => {
    document.title = [title, hotel].filter(Boolean).join(' · ') || 'Serai'
  }, [title, hotel])
  return (
    <>
      <header>
        <img src="/icon.svg" alt="" width="32" height="32" />
        <span class="hotel" dir="auto">{hotel ?? 'Serai'}</span>
        <span class="language">
          <Icon of="globe" size={18} />
          <select
            aria-label={w.language} value={language}
            onChange={({ currentTarget }) => {
              const wanted = currentTarget.value as Language
              choose(wanted)
              speak(wanted)
            }}
          >
            {Object.entries(LANGUAGES).map(([code, { name }]) => <option key={code} value={code} lang={code}>{name}</option>)}
          </select>
        </span>
      </header>
      <main>{children}</main>
    </>
  )
}

export function Skeleton() {
  const { w } = useSpeech()
  return (
    <Frame>
      <div class="card stack" role="status" aria-label={w.loading}>
        <span class="bone short" /><span class="bone tall" /><span class="bone" /><span class="bone short" /><span class="bone tall" />
      </div>
    </Frame>
  )
}

/** Instead of the page. */
export function Wrong({ trouble, again }: { trouble: Trouble; again: () => void }) {
  const { w } = useSpeech()
  const { title, text } = w.trouble[trouble.kind]
  const isOver = trouble.kind === 'gone' || trouble.kind === 'closed'
  return (
    <Frame title={title}>
      <div class="card stack center" role="alert">
        <span class="sign" data-look={isOver ? 'quiet' : 'bad'}><Icon of={isOver ? 'cross' : 'alert'} size={30} /></span>
        <h1>{title}</h1>
        <p>{(trouble.kind === 'closed' && trouble.state === 'declined') ? w.vendor.declined : text}</p>
        {!isOver && <button type="button" class="button primary" onClick={again}>{w.again}</button>}
      </div>
    </Frame>
  )
}

/** Above what could not be sent; it is still there. */
export function Unsent({ trouble }: { trouble: Trouble | undefined }) {
  const { w } = useSpeech()
  return (
    <div role="alert">
      {trouble && (
        <p class="note" data-look="bad">
          <Icon of="alert" /><span><strong>{w.trouble[trouble.kind].title}</strong> {w.trouble[trouble.kind].text}{trouble.isOpen && ` ${w.kept}`}</span>
        </p>
      )}
    </div>
  )
}
