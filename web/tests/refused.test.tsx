import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import i18n from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { ReactNode } from 'react'
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import type { BoardRoom, WorkOrder } from '@/api/queries'
import { Problem } from '@/lib/problem'

const answers: (() => unknown)[] = []
const POST = vi.fn(async (..._said: unknown[]) => answers.shift()?.())
vi.mock('@tanstack/react-router', () => ({ useBlocker: () => ({}), Link: () => null }))
vi.mock('@/api/client', () => ({ api: { POST, GET: async () => ({ items: [] }) }, data: (asked: unknown) => asked }))
vi.mock('@/api/here', () => ({ useHere: () => undefined }))
vi.mock('@/api/people', () => ({ useMay: () => () => true, usePeople: () => ({ all: [], name: () => '' }), named: () => '' }))
const { Bulk } = await import('@/features/board/bulk')
const { Reports, Steps } = await import('@/features/work-orders/parts')

const away = (): never => { throw new Problem(0, {}) }
const show = (page: ReactNode): void => void render(<QueryClientProvider client={new QueryClient()}>{page}</QueryClientProvider>)
const order = { id: 'mnt_1', property_id: 'prp_1', steps: [], reports: [], allowed_actions: ['update'] } as unknown as WorkOrder

beforeAll(async () => void (await i18n.use(initReactI18next).init({ lng: 'en', resources: { en: { translation: {} } } })))
beforeEach(() => void POST.mockClear())
afterEach(cleanup)

it('keeps the reason and the rooms while the server is away', async () => {
  const done = vi.fn()
  answers.push(() => ({ items: [{ room_id: 'spc_1', error: { detail: 'No.' } }] }), away, () => ({ items: [{ room_id: 'spc_1', error: null }] }))
  show(<Bulk rooms={[{ id: 'spc_1', number: '101' } as BoardRoom]} done={done} />)
  fireEvent.click(screen.getByRole('button', { name: 'look.clean' }))
  fireEvent.click(screen.getAllByRole('button', { name: 'look.clean' }).at(-1) as HTMLElement)
  const why = await screen.findByLabelText(/reason/) as HTMLInputElement
  fireEvent.input(why, { target: { value: 'Seen by me' } })
  const send = (): boolean => fireEvent.submit(screen.getByRole('button', { name: 'action.override' }))
  send()
  await screen.findByText('error.unsure')
  expect([why.value, done.mock.calls.length]).toEqual(['Seen by me', 0])
  send()
  await waitFor(() => expect(done).toHaveBeenCalledTimes(1))
})
it('keeps a step until it is there', async () => {
  answers.push(away, () => order)
  show(<Steps one={order} />)
  fireEvent.click(screen.getByRole('button', { name: 'order.addStep' }))
  const title = screen.getByRole('textbox', { name: 'order.addStep' }) as HTMLInputElement
  fireEvent.input(title, { target: { value: 'Close the valve' } })
  fireEvent.submit(title)
  await waitFor(() => expect(POST).toHaveBeenCalledTimes(1))
  expect(title.value).toBe('Close the valve')
  await waitFor(() => expect((screen.getByRole('button', { name: 'add' }) as HTMLButtonElement).disabled).toBe(false))
  fireEvent.submit(title)
  await waitFor(() => expect(title.value).toBe(''))
})
it('keeps photos until they are there', async () => {
  vi.stubGlobal('createImageBitmap', async () => ({ width: 1, height: 1 }))
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue({ fillRect: () => undefined, drawImage: () => undefined } as never)
  vi.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation((done, type) => done(new Blob(['x'], { type: type ?? '' })))
  answers.push(away, () => ({ id: 'fil_1' }), () => null)
  show(<Reports one={order} zone="UTC" />)
  fireEvent.change(document.querySelector('input[type=file]') as HTMLElement, { target: { files: [new File(['x'], 'tap.jpg', { type: 'image/jpeg' })] } })
  const again = await screen.findByRole('button', { name: 'report.send' }) as HTMLButtonElement
  await waitFor(() => expect(again.disabled).toBe(false))
  expect(screen.getAllByRole('img')).toHaveLength(1)
  fireEvent.click(again)
  await waitFor(() => expect(POST.mock.lastCall?.[1]).toMatchObject({ body: { file_ids: ['fil_1'] } }))
  await waitFor(() => expect(screen.queryByRole('img')).toBeNull())
})
