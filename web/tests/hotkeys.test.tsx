import { cleanup, fireEvent, render } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { isBegun, useHotkeys, type Hotkey } from '@/lib/hotkeys'

const go = vi.fn()
const heard: boolean[] = []
const KEYS: Hotkey[] = [{ keys: 'g d', label: 'Go', run: go }]
function Tile() {
  useHotkeys(KEYS)
  return <button type="button" onKeyDown={() => heard.push(isBegun())}>101</button>
}
afterEach(cleanup)

it('keeps the second of two keys from what has the focus', () => {
  const tile = render(<Tile />).getByRole('button')
  for (const key of ['d', 'g', 'd', 'd']) fireEvent.keyDown(tile, { key })
  expect(heard).toEqual([false, false, true, false])
  expect(go).toHaveBeenCalledTimes(1)
})
