import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import i18n from 'i18next'
import { Package } from 'lucide-react'
import { initReactI18next } from 'react-i18next'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { CatalogueOf } from '@/frame/catalogue'

vi.mock('@/lib/wanted', () => ({ useWanted: () => [{ id: 'a' }, vi.fn()] }))
vi.mock('@tanstack/react-router', () => ({ useBlocker: () => ({}) }))
vi.mock('@/api/here', () => ({ useFollow: () => undefined, useHere: () => undefined }))
vi.mock('@/api/people', () => ({ useMay: () => () => true }))

beforeAll(async () => void (await i18n.use(initReactI18next).init({ lng: 'en', resources: { en: { translation: {} } } })))
afterEach(cleanup)

it('sends what was changed here alone, of the version that was opened, whatever the list knows by now', async () => {
  let kept = { id: 'a', name: 'Tap', note: 'Drips', price: '2.50', version: 1 }
  const client = new QueryClient()
  const change = vi.fn(async () => kept)
  const Page = () => CatalogueOf<typeof kept>({
    words: 'parts', icon: Package, key: ['things'], manage: 'part.manage', columns: [{ name: 'Name', show: (one) => one.name }], name: (one) => one.name,
    ask: async () => ({ items: [kept], next_cursor: null }), change,
    fields: (one) => [{ name: 'name', label: 'Name', initial: one?.name }, { name: 'note', label: 'Note', initial: one?.note }, { name: 'price', label: 'Price', kind: 'number', step: 'any', initial: one?.price }],
  })
  render(<QueryClientProvider client={client}><Page /></QueryClientProvider>)
  fireEvent.click(await screen.findByRole('button', { name: 'edit' }))
  fireEvent.input(screen.getByLabelText(/Name/), { target: { value: 'Basin' } })
  const opened = kept
  kept = { ...kept, note: 'Mended', version: 2 }
  await act(() => client.refetchQueries({ queryKey: ['things'] }))
  fireEvent.submit(screen.getByRole('button', { name: 'save' }))
  await waitFor(() => expect(change).toHaveBeenCalledWith(opened, { name: 'Basin' }))
})
