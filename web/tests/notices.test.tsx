import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { Notifications } from '@/features/notifications/notifications'
import { place } from '@/lib/kept'

const go = vi.fn()
vi.mock('@tanstack/react-router', () => ({ useNavigate: () => go, useLocation: () => ({ search: {} }) }))
afterEach(cleanup)

it('leads into the hotel that it is about', async () => {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } })
  client.setQueryData(['me'], { id: 'stf_1', properties: ['prp_a', 'prp_b'].map((id) => ({ id, permissions: [] })) })
  const notice = { id: 'ntf_1', property_id: 'prp_b', about: 'mnt_1', subject: 'A tap drips', body: '', created_at: '2026-03-01T10:00:00Z', read_at: '2026-03-01T10:01:00Z' }
  client.setQueryData(['notices', 'list', undefined], { pages: [{ items: [notice], next_cursor: null }], pageParams: [undefined] })
  place.set('prp_a')
  render(<QueryClientProvider client={client}><Notifications /></QueryClientProvider>)
  go.mockImplementation(() => expect(place.get()).toBe('prp_b'))
  fireEvent.click(await screen.findByText('A tap drips'))
  expect(go).toHaveBeenCalledWith({ to: '/work-orders/$id', params: { id: 'mnt_1' } })
})
