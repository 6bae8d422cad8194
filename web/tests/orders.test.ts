import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { INTO } from '@/features/work-orders/moves'

interface Machine { name: string; steps: { name: string; to: string }[] }
const { machines } = JSON.parse(readFileSync(join(import.meta.dirname, '../../contracts/machines.json'), 'utf8')) as { machines: Machine[] }

it('drops a card where its move leads', () => {
  const steps = machines.find((one) => one.name === 'work_order')?.steps.filter((one) => one.to in INTO) ?? []
  expect(Object.fromEntries(Object.keys(INTO).map((state) => [state, steps.filter((one) => one.to === state).map((one) => one.name)]))).toEqual(INTO)
})
