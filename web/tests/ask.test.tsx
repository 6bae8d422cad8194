import { cleanup, render } from '@testing-library/react'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { Ask } from '@/components/ask'
import { Zone } from '@/lib/clock'
import { openLanguages } from '@/lib/i18n'
import { Problem, unanswered } from '@/lib/problem'

const show = (error: Error): string => {
  const query = { data: 1, error, refetch: () => Promise.reject(new Error()), dataUpdatedAt: Date.parse('2026-03-01T10:00:00Z') }
  return render(<Zone value="Asia/Kabul"><Ask query={query}>{() => null}</Ask></Zone>).container.textContent
}
beforeAll(openLanguages)
afterEach(cleanup)

it('blames the network only where nobody answered', () => {
  expect(show(unanswered())).toContain('No network')
  for (const status of [403, 500]) expect(show(new Problem(status, {}))).not.toContain('network')
})
it('says when it was read in the time of the hotel', () => expect(show(unanswered())).toContain('14:30'))
