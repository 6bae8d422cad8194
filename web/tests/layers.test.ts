import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const SRC = join(import.meta.dirname, '../src')
/** From the top of the house to its ground; each floor may use those below it. */
const FLOORS = ['routes', 'features', 'frame', 'offline', 'api', 'components', 'lib']
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((one) => /\.tsx?$/.test(one) && one.includes('/'))
const isPortal = (path: string): boolean => path.startsWith('portal/')
/** What a file takes from others of ours; types cost nothing. */
const USES = /^(?:import|export) (?!type\b)(?:[^'"`;]*? from )?'(@\/|\.)([\w./-]+)'|import\('(@\/|\.)([\w./-]+)'\)/gm
const takes = (text: string): string[] => [...text.matchAll(USES)].map((one) => ((one[1] ?? one[3]) === '.' ? '.' : '') + (one[2] ?? one[4] ?? ''))
const used = files.flatMap((path) => takes(readFileSync(join(SRC, path), 'utf8')).map((one) => [path, one] as const))

describe('the house', () => {
  it('is looked at', () => expect(used.length).toBeGreaterThan(200))
  it('is seen whole', () => {
    const text = "import {\n  a,\n  b,\n} from '@/api/a'\nexport * from '@/api/b'\nexport { c } from '@/api/c'\nimport '@/d.css'\nimport type { E } from '@/api/e'\nexport type F = 1\nexport const g = () => import('@/api/g')\nimport h from './h'\n"
    expect(takes(text)).toEqual(['api/a', 'api/b', 'api/c', 'd.css', 'api/g', './h'])
  })
  it('has a portal that stands alone: what guests load is small', () => {
    expect(used.filter(([from]) => isPortal(from)).length).toBeGreaterThan(20)
    expect(used.filter(([from, to]) => isPortal(from) !== isPortal(to))).toEqual([])
  })
  it('is named from its door, never from where one stands', () => expect(used.filter(([, to]) => to.startsWith('.'))).toEqual([]))
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
