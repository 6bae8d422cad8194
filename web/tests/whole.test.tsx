import { QueryClient, QueryClientProvider, useInfiniteQuery } from '@tanstack/react-query'
import { cleanup, render, waitFor } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { paged } from '@/api/queries'
import { useWhole } from '@/api/whole'

const PAGES = 3
type Page = { items: number[]; next_cursor: string | null }
function List({ ask, isWanted }: { ask: (cursor: string | undefined) => Promise<Page>; isWanted: boolean }) {
  const query = useInfiniteQuery(paged(['some'], ask))
  useWhole(query, isWanted)
  return <p>{query.data?.pages.flatMap((one) => one.items).join(' ')}</p>
}
const read = async (cursor: string | undefined): Promise<Page> => {
  const n = Number(cursor ?? 1)
  return { items: [n], next_cursor: n < PAGES ? String(n + 1) : null }
}
const show = (ask: typeof read, isWanted: boolean) => {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const draw = (wanted: boolean) => <QueryClientProvider client={client}><List ask={ask} isWanted={wanted} /></QueryClientProvider>
  const shown = render(draw(isWanted))
  return { text: () => shown.container.textContent, want: () => shown.rerender(draw(true)) }
}
afterEach(cleanup)

it('is read to its end where all of it is needed, and not before', async () => {
  const list = show(read, false)
  await waitFor(() => expect(list.text()).toBe('1'))
  list.want()
  await waitFor(() => expect(list.text()).toBe('1 2 3'))
})

it('stops at a page that fails', async () => {
  const ask = vi.fn((cursor: string | undefined) => (cursor ? Promise.reject(new Error('no')) : read(cursor)))
  show(ask, true)
  await waitFor(() => expect(ask).toHaveBeenCalledTimes(2))
  await new Promise((done) => setTimeout(done, 100))
  expect(ask).toHaveBeenCalledTimes(2)
})
