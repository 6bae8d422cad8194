import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { useOnce } from '@/lib/once'

afterEach(cleanup)

it('runs what is tapped twice one time, and again when it is meant', async () => {
  const run = vi.fn(async () => undefined)
  const Key = () => {
    const [isBusy, once] = useOnce()
    return <button type="button" disabled={isBusy} onClick={() => void once(run)}>Go</button>
  }
  render(<Key />)
  const key = screen.getByRole('button') as HTMLButtonElement
  key.click()
  key.click()
  await waitFor(() => expect(key.disabled).toBe(true))
  await waitFor(() => expect(key.disabled).toBe(false))
  expect(run).toHaveBeenCalledTimes(1)
  fireEvent.click(key)
  expect(run).toHaveBeenCalledTimes(2)
})
