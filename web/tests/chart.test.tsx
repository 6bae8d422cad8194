import { cleanup, render, screen, within } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Spark, Trend } from '@/components/chart'
import { openLanguages, speak } from '@/lib/i18n'

const DAYS = ['2026-11-20', '2026-11-21', '2026-11-22']
const SERIES = [{ name: 'Resolved', values: [1, 7, 4] }, { name: 'Reported', values: [3, 5, 2] }]
const draw = (series = SERIES) => render(<Trend name="Work orders by day" days={DAYS} series={series} />)
const paths = (): string[] => [...document.querySelectorAll('path')].map((one) => one.getAttribute('d') ?? '')
/** Where the first line begins across. */
const begins = (): number => Number(/^M([\d.]+)/.exec(paths()[0] ?? '')?.[1])

beforeAll(openLanguages)
afterEach(async () => {
  cleanup()
  await speak('en')
})

describe('a trend', () => {
  it('has its figures in a table too', () => {
    draw()
    const table = screen.getByRole('table', { name: 'Work orders by day', hidden: true })
    const rows = within(table).getAllByRole('row', { hidden: true }).map((one) => [...one.children].map((cell) => cell.textContent))
    expect(rows).toEqual([['Day', 'Resolved', 'Reported'], ['20 Nov', '1', '3'], ['21 Nov', '7', '5'], ['22 Nov', '4', '2']])
  })
  it('is told to those who do not see it', () => {
    draw()
    expect(screen.getByRole('img').getAttribute('aria-label')).toBe(
      'Work orders by day, 20 Nov to 22 Nov. Resolved: 12 in all, at most 7 on 21 Nov. Reported: 10 in all, at most 5 on 21 Nov.')
  })
  it('stands on its ground when nothing was', () => {
    draw([{ name: 'Resolved', values: [0, 0, 0] }])
    expect(paths().join('')).toMatch(/^M/)
    expect(document.body.innerHTML).not.toMatch(/NaN|Infinity/)
  })
  it('is drawn of one day, and of none', () => {
    render(<Trend name="One" days={DAYS.slice(0, 1)} series={[{ name: 'Made', values: [3] }]} />)
    render(<Trend name="None" days={[]} series={[{ name: 'Made', values: [] }]} />)
    expect(document.body.innerHTML).not.toMatch(/NaN|Infinity|undefined/)
  })
  it('runs the other way where one writes from right to left', async () => {
    draw()
    const ltr = begins()
    cleanup()
    await speak('fa')
    draw()
    expect(begins()).toBeGreaterThan(ltr)
  })
})

describe('a spark', () => {
  it('passes over days without an answer, and draws nothing of one', () => {
    render(<Spark values={[0.5, null, 1]} />)
    expect(paths()).toHaveLength(2)
    cleanup()
    render(<Spark values={[null, 1, null]} />)
    expect(paths()).toEqual([])
  })
  it('does not divide by nothing', () => {
    render(<Spark values={[0, 0, 0]} />)
    expect(paths().join('')).not.toMatch(/NaN|Infinity/)
  })
})
