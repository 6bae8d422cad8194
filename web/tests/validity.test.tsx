import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import i18n from 'i18next'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { speakOurWords } from '@/lib/validity'

const fault = { missing: 'پر کنید', short: 'دست‌کم {{shown}}', wrong: 'درست نیست' }
beforeAll(async () => {
  await i18n.init({ lng: 'fa', resources: { fa: { translation: { fault } } } })
  speakOurWords()
})
afterEach(cleanup)

const message = (of: HTMLInputElement): string => {
  of.checkValidity()
  return of.validationMessage
}

it('what the browser refuses is said in the language of the app, until it is mended', () => {
  render(<form><input aria-label="Name" required /><input aria-label="Mail" type="email" /></form>)
  const name = screen.getByLabelText<HTMLInputElement>('Name')
  const mail = screen.getByLabelText<HTMLInputElement>('Mail')
  expect(message(name)).toBe('پر کنید')
  fireEvent.input(name, { target: { value: 'Ana' } })
  expect(message(name)).toBe('')
  fireEvent.input(mail, { target: { value: 'nobody' } })
  expect(message(mail)).toBe('درست نیست')
  fireEvent.input(mail, { target: { value: 'a@b.example' } })
  expect(mail.checkValidity()).toBe(true)
})
