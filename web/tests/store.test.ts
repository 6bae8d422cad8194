import 'fake-indexeddb/auto'
import { describe, expect, it, vi } from 'vitest'

describe('the database', () => {
  it('is opened again after it could not be opened', async () => {
    const idb = await vi.importActual<typeof import('idb')>('idb')
    const openDB = vi.fn(idb.openDB).mockRejectedValueOnce(new Error('the disk is full'))
    vi.doMock('idb', () => ({ ...idb, openDB }))
    const { commands } = await import('@/offline/store')
    await expect(commands()).rejects.toThrow('the disk is full')
    expect([await commands(), await commands()]).toEqual([[], []])
    expect(openDB).toHaveBeenCalledTimes(2)
  })
})
