import { expect, it } from 'vitest'
import { unitName, unitOf, units } from '@/lib/units'

const WORDS: Record<string, string> = { 'unit.piece': 'دانه', 'unit.metre': 'متر', 'unit.litre': 'لیتر', 'unit.kg': 'کیلوگرام', 'unit.box': 'قوطی' }
const t = ((key: string) => WORDS[key] ?? key) as never

it('are kept as codes and shown in the reader\'s words; what is not common stays as it was written', () => {
  expect(units(t).map((one) => unitOf(one, t))).toEqual(['piece', 'metre', 'litre', 'kg', 'box'])
  expect([unitName('box', t), unitName('رول', t), unitOf('رول', t), unitOf(' متر ', t)]).toEqual(['قوطی', 'رول', 'رول', 'metre'])
})
