import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import i18n from 'i18next'
import { initReactI18next } from 'react-i18next'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'

const put = vi.fn<(order: { body: object }) => Promise<null>>(async () => null)
vi.mock('@/offline/outbox', () => ({ put }))
vi.mock('@tanstack/react-router', () => ({ useBlocker: () => ({}) }))
vi.mock('@/api/here', () => ({ useHere: () => ({ id: 'prp_1', permissions: ['room.read', 'space.read'] }) }))
const { Report } = await import('@/frame/report')

beforeAll(async () => void (await i18n.use(initReactI18next).init({ lng: 'en', resources: { en: { translation: { report: { noPlace: 'No {{name}}' } } } } })))
afterEach(() => {
  cleanup()
  put.mockClear()
})

const report = (where: string | undefined, asset?: { id: string; name: string }): void => {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } })
  client.setQueryData(['me'], { id: 'stf_1', properties: [] })
  client.setQueryData(['categories'], [])
  client.setQueryData(['board', 'prp_1'], { items: [{ id: 'spc_101', number: '101', room_type: 'DBL' }] })
  client.setQueryData(['spaces', 'prp_1', 'areas'], [{ id: 'spc_hall', name: 'Lobby' }, { id: 'spc_floor', name: '101' }])
  render(<QueryClientProvider client={client}><Report close={() => undefined} {...(asset && { asset })} /></QueryClientProvider>)
  if (where !== undefined) fireEvent.input(screen.getByLabelText(/report.where/), { target: { value: where } })
  fireEvent.input(screen.getByLabelText('report.what'), { target: { value: 'Dark' } })
  fireEvent.submit(screen.getByRole('button', { name: 'report.send' }))
}

it.each([
  ['۱۰۱', { room_id: 'spc_101' }], [' lobby ', { space_id: 'spc_hall' }], ['', {}],
])('is of a room, of another place, or of none: %j', async (where, about) => {
  report(where)
  await waitFor(() => expect(put).toHaveBeenCalledTimes(1))
  expect(put.mock.lastCall?.[0].body).toEqual({ property_id: 'prp_1', title: 'Dark', severity: 'medium', safety_concern: false, ...about })
})
it('is of an asset where that is known', async () => {
  report(undefined, { id: 'ast_1', name: 'Boiler' })
  await waitFor(() => expect(put.mock.lastCall?.[0].body).toMatchObject({ asset_id: 'ast_1' }))
})
it('is not kept of a place that there is not', async () => {
  report('999')
  await screen.findByText('No 999')
  expect(put).not.toHaveBeenCalled()
})
