/** The answer to a command is the thing as it is now: put into every page that shows it, unless a page knows a newer one. */

import type { InfiniteData, QueryClient } from '@tanstack/react-query'

interface Thing {
  id: string
  version?: number
}
interface Page {
  items: Thing[]
}

const isThing = (found: unknown): found is Thing => typeof found === 'object' && found !== null && 'id' in found
const isPage = (found: unknown): found is Page => typeof found === 'object' && found !== null && Array.isArray((found as Page).items)

function inPage<P extends Page>(page: P, fresh: Thing): P {
  const at = page.items.findIndex((one) => one.id === fresh.id && 'allowed_actions' in one && (one.version ?? 0) <= (fresh.version ?? 0))
  return at < 0 ? page : { ...page, items: page.items.with(at, fresh) }
}

/** The thing as some page knows it by now. */
export function newest<T>(client: QueryClient, one: T): T {
  const all = client.getQueriesData({}).map(([, data]) => data).filter((data) => isThing(one) && isThing(data) && data.id === one.id && 'allowed_actions' in data)
  return (all as Thing[]).reduce((best, each) => ((each.version ?? 0) > (best.version ?? 0) ? each : best), one as Thing) as T
}

export function put(client: QueryClient, fresh: unknown): void {
  if (!isThing(fresh)) return
  client.setQueriesData({}, (old: unknown) => {
    if (isPage(old)) return inPage(old, fresh)
    if (typeof old === 'object' && old !== null && 'pages' in old) {
      const { pages, pageParams } = old as InfiniteData<Page>
      return { pages: pages.map((one) => (isPage(one) ? inPage(one, fresh) : one)), pageParams }
    }
    return isThing(old) && old.id === fresh.id && 'allowed_actions' in old && (old.version ?? 0) <= (fresh.version ?? 0) ? fresh : old
  })
}
