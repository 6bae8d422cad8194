import { expect, it } from 'vitest'
import { written } from '@/frame/photos'

const canvas = (...known: string[]): Pick<HTMLCanvasElement, 'toBlob'> =>
  ({ toBlob: (done, type = '') => done(new Blob(['x'], { type: known.includes(type) ? type : 'image/png' })) })

it('are WebP, or JPEG where the browser does not write that, never a large PNG', async () => {
  expect((await written(canvas('image/webp', 'image/jpeg'))).type).toBe('image/webp')
  expect((await written(canvas('image/jpeg'))).type).toBe('image/jpeg')
  await expect(written(canvas())).rejects.toThrow()
})
