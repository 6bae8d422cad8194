import { expect, it } from 'vitest'
import { typed } from '@/lib/ids'

it('writes an id as the API does', () => {
  expect(typed('stf', '01a202d5-8220-7268-b481-68c2983140b6')).toBe('stf_01m81db0h0e9mb90b8rac32g5p')
  expect(typed('x', '00000000-0000-0000-0000-000000000021')).toBe(`x_${'0'.repeat(24)}11`)
})
