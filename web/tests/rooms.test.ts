import { describe, expect, it } from 'vitest'
import { deviceName } from '@/features/account/device'
import { rowsOf } from '@/features/spaces/rows'
import { dialled } from '@/lib/digits'

describe('rooms of a file', () => {
  it('keep the lines of the file, and the digits of the doors', () => {
    const rows = rowsOf([{ number: '۱۰۱', room_type: 'A' }, { number: '', room_type: ' ' }, { number: '101', room_type: 'B', capacity: 'x' }, { number: '7' }], new Set(['7']))
    expect(rows.map((one) => [one.line, one.cells.number, one.wrong])).toEqual([[2, '101', []], [4, '101', ['twice', 'capacity']], [5, '7', ['noType', 'there']]])
  })
})

describe('a device', () => {
  it('is called by its browser and its system', () => {
    expect(deviceName('Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36')).toBe('Chrome · Android')
    expect(deviceName('curl/8')).toBe('curl/8')
    expect(deviceName(null)).toBeNull()
  })
})

describe('a telephone number', () => {
  it('is taken as people write it', () => expect(['۰۰۹۳ ۷۰۰ ۱۲۳ ۴۵۶', '+93 (700) 123-456', '0700123456'].map(dialled)).toEqual(['+93700123456', '+93700123456', null]))
})
