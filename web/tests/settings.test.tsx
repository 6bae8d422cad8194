import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import i18n from 'i18next'
import { initReactI18next } from 'react-i18next'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'

const old = {
  id: 'prp_1', name: 'Old', zone: 'Asia/Kabul', currency: 'AFN', locale: 'fa-AF', check_in: '14:00:00', check_out: '12:00:00', rollover: '03:00:00', version: 1, allowed_actions: [],
  policies: { inspects: true, service_nights: 3, vacant_days: 7, closed_hours: 24, breaches_told: 5, day_use_start: '08:00:00', day_use_end: '18:00:00' },
}
const PATCH = vi.fn(async (_path: string, { body }: { body: { version: number } }) => ({ ...old, ...body, version: body.version + 1 }))
vi.mock('@/api/client', () => ({ api: { PATCH, GET: async () => old }, data: (asked: unknown) => asked }))
const { Policies, Property } = await import('@/features/settings/property')

beforeAll(async () => void (await i18n.use(initReactI18next).init({ lng: 'en', resources: { en: { translation: {} } } })))
afterEach(cleanup)

it('keeps what was written in one form while the other is saved, and sends that alone', async () => {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } })
  render(<QueryClientProvider client={client}><Property place="prp_1" /><Policies place="prp_1" /></QueryClientProvider>)
  const name = await screen.findByLabelText(/settings.name/) as HTMLInputElement
  fireEvent.input(name, { target: { value: 'New' } })
  fireEvent.input(screen.getByLabelText(/service_nights/), { target: { value: '4' } })
  const [first, second] = screen.getAllByRole('button', { name: 'save' }) as [HTMLElement, HTMLElement]
  fireEvent.submit(second)
  await waitFor(() => expect(PATCH.mock.lastCall?.[1].body).toEqual({ service_nights: 4, version: 1 }))
  await waitFor(() => expect((second as HTMLButtonElement).disabled).toBe(false))
  expect(name.value).toBe('New')
  fireEvent.submit(first)
  await waitFor(() => expect(PATCH.mock.lastCall?.[1].body).toEqual({ name: 'New', version: 2 }))
})
