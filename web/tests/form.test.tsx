import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import i18n from 'i18next'
import { initReactI18next } from 'react-i18next'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { changed, Form, type Field, type Given } from '@/components/form'
import { List } from '@/components/list'
import { Problem } from '@/lib/problem'

const FIELDS: Field[] = [
  { name: 'name', label: 'Name', required: true }, { name: 'minutes', label: 'Minutes', kind: 'number' }, { name: 'active', label: 'Active', kind: 'check' },
  { name: 'skills', label: 'Skills', kind: 'list' }, { name: 'note', label: 'Note', initial: 'old' },
]
const write = (label: RegExp, value: string): void => void fireEvent.input(screen.getByLabelText(label), { target: { value } })
const show = (perform: (given: Given) => Promise<unknown>): void => void render(<Form fields={FIELDS} go="Send" perform={perform} />)

beforeAll(async () => void (await i18n.use(initReactI18next).init({ lng: 'en', resources: { en: { translation: {} } } })))
afterEach(cleanup)

describe('what is sent of a changed thing', () => {
  it('is what is said otherwise than it stood, an instant in two ways of writing not', () => {
    const before = { title: 'Tap', note: null, due_at: '2026-03-01T08:00:00Z', severity: 'high' }
    expect(changed({ title: 'Basin', due_at: '2026-03-01T08:00:00.000Z', severity: 'high' }, before)).toEqual({ title: 'Basin' })
    expect(changed({ title: 'Tap', note: 'Drips', severity: null }, before)).toEqual({ note: 'Drips', severity: null })
  })
})

describe('a form', () => {
  it('gives what was written, in its kinds; what was emptied is null, what was never there is left out', async () => {
    const perform = vi.fn(async () => null)
    show(perform)
    write(/Name/, ' Ana ')
    write(/Minutes/, '30')
    write(/Skills/, 'hvac, water،')
    write(/Note/, '')
    fireEvent.click(screen.getByLabelText(/Active/))
    fireEvent.submit(screen.getByRole('button', { name: 'Send' }))
    await waitFor(() => expect(perform).toHaveBeenCalledWith({ name: 'Ana', minutes: 30, active: true, skills: ['hvac', 'water'], note: null }))
  })
  it('takes numbers in the digits of Dari, and refuses what is none', async () => {
    const perform = vi.fn(async () => null)
    render(<Form fields={[{ name: 'minutes', label: 'Minutes', kind: 'number', min: 5 }, { name: 'price', label: 'Price', kind: 'number', step: 'any' }]} go="Send" perform={perform} />)
    const send = (minutes: string, price: string): void => {
      write(/Minutes/, minutes)
      write(/Price/, price)
      fireEvent.submit(screen.getByRole('button', { name: 'Send' }))
    }
    const isWrong = (label: RegExp) => waitFor(() => expect(screen.getByLabelText(label).getAttribute('aria-invalid')).toBe('true'))
    send('soon', '۱٫۵')
    await isWrong(/Minutes/)
    send('۴', '1')
    await isWrong(/Minutes/)
    send('12.5', '1')
    await isWrong(/Minutes/)
    send('۹۰', '1,5')
    await isWrong(/Price/)
    expect(perform).not.toHaveBeenCalled()
    send('۹۰', '١٫٥')
    await waitFor(() => expect(perform).toHaveBeenCalledWith({ minutes: 90, price: 1.5 }))
  })
  it('says nothing of a date whose field is not there yet', async () => {
    const perform = vi.fn(async () => null)
    render(<Form fields={[{ name: 'due', label: 'Due', kind: 'date', initial: '2026-03-01' }, { name: 'note', label: 'Note' }]} go="Send" perform={perform} />)
    write(/Note/, 'now')
    fireEvent.submit(screen.getByRole('button', { name: 'Send' }))
    await waitFor(() => expect(perform).toHaveBeenCalledWith({ note: 'now' }))
  })
  it('says at its field what the server refuses, and keeps what was written', async () => {
    show(async () => { throw new Problem(422, { code: 'invalid', detail: 'Some of it is wrong.', errors: [{ pointer: '/body/name', message: 'is taken' }] }) })
    write(/Name/, 'Ana')
    fireEvent.submit(screen.getByRole('button', { name: 'Send' }))
    const field = await screen.findByDisplayValue('Ana')
    await waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('true'))
    expect(screen.getByText('is taken').id).toBe(field.getAttribute('aria-describedby'))
  })
  it('says it at the field of which another has the same', async () => {
    const perform = async (): Promise<never> => { throw new Problem(409, { code: 'conflict', constraint: 'room_number' }) }
    render(<Form fields={[{ name: 'number', label: 'Number', unique: 'room_number' }]} go="Send" perform={perform} />)
    write(/Number/, '101')
    fireEvent.submit(screen.getByRole('button', { name: 'Send' }))
    await waitFor(() => expect(screen.getByDisplayValue('101').getAttribute('aria-invalid')).toBe('true'))
  })
  it('is as it was before once it was sent, and keeps a choice that is offered no more', async () => {
    const perform = vi.fn(async () => null)
    render(<Form fields={[{ name: 'secret', label: 'Secret', kind: 'password' }, { name: 'place', label: 'Place', kind: 'select', options: [['a', 'A']], initial: 'z' }]} go="Send" perform={perform} />)
    write(/Secret/, 'long enough')
    fireEvent.submit(screen.getByRole('button', { name: 'Send' }))
    await waitFor(() => expect(perform).toHaveBeenCalledWith({ secret: 'long enough', place: 'z' }))
    await waitFor(() => expect((screen.getByLabelText(/Secret/) as HTMLInputElement).value).toBe(''))
  })
  it('says below what belongs to no field', async () => {
    show(async () => { throw new Problem(409, { code: 'conflict', detail: 'Somebody was faster.' }) })
    write(/Name/, 'Ana')
    fireEvent.submit(screen.getByRole('button', { name: 'Send' }))
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('Somebody was faster.'))
  })
})

describe('a list', () => {
  it('opens what is pressed, and picks from one to another with Shift', () => {
    const open = vi.fn()
    const pick = vi.fn()
    const items = ['a', 'b', 'c'].map((id) => ({ id }))
    const { rerender } = render(<List name="All" items={items} columns={[{ name: 'Id', show: (one) => one.id }]} open={open} picking={{ picked: new Set(), pick }} />)
    fireEvent.click(screen.getByRole('button', { name: 'b' }))
    expect(open).toHaveBeenCalledWith({ id: 'b' })
    const boxes = screen.getAllByRole('checkbox')
    fireEvent.click(boxes[0] as HTMLElement)
    expect([...((pick.mock.lastCall ?? [])[0] as Set<string>)]).toEqual(['a'])
    rerender(<List name="All" items={items} columns={[{ name: 'Id', show: (one) => one.id }]} open={open} picking={{ picked: new Set(['a']), pick }} />)
    fireEvent.click(screen.getAllByRole('checkbox')[2] as HTMLElement, { shiftKey: true })
    expect([...((pick.mock.lastCall ?? [])[0] as Set<string>)]).toEqual(['a', 'b', 'c'])
  })
})
