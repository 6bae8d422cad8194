import { beforeEach, expect, it } from 'vitest'
import { proof, taken, wordFor } from '@/frame/ways'
import { Problem } from '@/lib/problem'

const keep = (ways: object): void => localStorage.setItem('serai.oidc', JSON.stringify(ways))
const why = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    return wordFor(error)
  }
  return ''
}

beforeEach(() => localStorage.clear())

it('finds a way back by its state, once, and leaves those of other tabs', () => {
  keep({ one: { verifier: 'v1', next: '/tasks', at: Date.now() }, other: { verifier: 'v2', at: Date.now() } })
  expect(taken({ state: 'one' })).toMatchObject({ verifier: 'v1', next: '/tasks' })
  expect(taken({ state: 'one' })).toBeUndefined()
  expect(taken({ state: 'other' })?.verifier).toBe('v2')
})

it('forgets what is too old', () => {
  keep({ one: { verifier: 'v1', at: Date.now() - 600_001 } })
  expect(taken({ state: 'one' })).toBeUndefined()
})

it('brings what the server asks for', () => {
  const left = { verifier: 'v1', at: 0 }
  expect(proof({ state: 's', code: 'c' }, left)).toEqual({ state: 's', code: 'c', code_verifier: 'v1' })
  expect(why(() => proof({ state: 's', code: 'c' }, undefined))).toBe('signIn.late')
  expect(why(() => proof({ state: 's' }, left))).toBe('signIn.late')
  expect(why(() => proof({ state: 's', error: 'access_denied' }, left))).toBe('signIn.denied')
  expect(why(() => proof({ error: 'temporarily_unavailable' }, left))).toBe('signIn.refused')
})

it('has a word for whatever the server says', () => {
  const word = (status: number, code: string): string => wordFor(new Problem(status, { code }))
  expect([word(403, 'not_linked'), word(401, 'unauthenticated'), word(429, 'too_many_tries'), word(503, 'unavailable'), word(422, 'invalid'), word(404, 'not_found'), word(0, 'unanswered')])
    .toEqual(['signIn.notLinked', 'signIn.late', 'signIn.wait', 'signIn.away', 'signIn.unready', 'signIn.unready', 'error.offline'])
  expect(wordFor(new Error('?'))).toBe('error.unknown')
})
