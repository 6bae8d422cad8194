import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const SRC = join(import.meta.dirname, '../src')
/** From the top of the house to its ground; each floor may use those below it. */
const FLOORS = ['routes', 'features', 'frame', 'offline', 'api', 'components', 'lib']
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((one) => /\.tsx?$/.test(one) && one.includes('/') && !one.startsWith('portal'))
const used = files.flatMap((path) => [...readFileSync(join(SRC, path), 'utf8').matchAll(/^import (?!type)[^\n]*from '@\/([\w./-]+)'|import\('@\/([\w./-]+)'\)/gm)].map((one) => [path, one[1] ?? one[2] ?? ''] as const))

describe('the house', () => {
  it('is looked at', () => expect(used.length).toBeGreaterThan(200))
  it('uses what lies below alone', () => {
    const floor = (path: string): number => FLOORS.indexOf(path.split('/')[0] ?? '')
    expect(used.filter(([from, to]) => floor(to) >= 0 && floor(to) < floor(from))).toEqual([])
  })
  it('has features that know nothing of each other', () => {
    const feature = (path: string): string | undefined => (path.startsWith('features/') ? path.split('/')[1] : undefined)
    expect(used.filter(([from, to]) => feature(from) && feature(to) && feature(from) !== feature(to))).toEqual([])
  })
  it('says in one line what each file is', () => {
    const silent = files.filter((path) => !path.startsWith('routes/') && !readFileSync(join(SRC, path), 'utf8').startsWith('/**') && !path.endsWith('schema.d.ts'))
    expect(silent).toEqual([])
  })
})
