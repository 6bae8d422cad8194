/** Keys that act: two in a row go somewhere, one acts. Silent in fields, under dialogs, and where a person switched them off (WCAG 2.1.4). */

import { useEffect } from 'react'
import { kept } from '@/lib/kept'

export interface Hotkey {
  /** As `KeyboardEvent.key` in small letters; two with a space between are pressed one after the other. */
  keys: string
  /** What it does, as it is said in the list of shortcuts. */
  label: string
  run: () => void
}

const SOON = 1_000
const FIELDS = 'input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox]'
export const shortcuts = kept('serai.shortcuts')
const known = new Set<readonly Hotkey[]>()
let begun = ''
let timer: ReturnType<typeof setTimeout> | undefined

export const allHotkeys = (): Hotkey[] => [...known].flat()
/** The first of two was pressed: the next key belongs to it, and to nothing else. */
export const isBegun = (): boolean => begun !== ''

/** As it stands on a Latin keyboard: in Dari or Arabic the key of `g` writes another letter. */
export const letterOf = ({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>): string =>
  key === '؟' ? '?' : key.length === 1 && key > '~' ? (/^Key(.)$/.exec(code)?.[1] ?? key).toLowerCase() : key.toLowerCase()

function press(event: KeyboardEvent): void {
  const from = event.target instanceof Element ? event.target : null
  if (shortcuts.get() === 'off' || event.ctrlKey || event.metaKey || event.altKey || from?.closest(FIELDS)) return
  const key = letterOf(event)
  const typed = begun ? `${begun} ${key}` : key
  clearTimeout(timer)
  begun = ''
  const found = allHotkeys().find((one) => one.keys === typed)
  if (found) {
    event.preventDefault()
    found.run()
  } else if (allHotkeys().some((one) => one.keys.startsWith(`${typed} `))) {
    begun = typed
    timer = setTimeout(() => {
      begun = ''
    }, SOON)
  }
}

export function useHotkeys(list: readonly Hotkey[]): void {
  useEffect(() => {
    if (known.size === 0) addEventListener('keydown', press)
    known.add(list)
    return () => {
      known.delete(list)
      if (known.size === 0) removeEventListener('keydown', press)
    }
  }, [list])
}
