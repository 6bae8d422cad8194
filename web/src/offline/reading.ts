/** What was last read stays on the phone for a day, so that a page stands at once and without a network. */

import { createAsyncStoragePersister } from '@tanstack/query-async-storage-persister'
import type { QueryClient } from '@tanstack/react-query'
import { persistQueryClientRestore, persistQueryClientSubscribe } from '@tanstack/react-query-persist-client'
import { whose } from '@/api/session'
import { database } from '@/offline/store'

const DAY = 86_400_000
const THROTTLE = 3_000
/** The first paint waits for what is kept no longer than this. */
const PATIENCE = 1_500
/** Another build may shape its answers otherwise, another person may not see them: both start with nothing. */
const BUILD = import.meta.env.VITE_BUILD ?? 'dev'
/** Kept are the answers to questions that say so (`meta: { keep: true }`), also where asking again failed: no list of a desk, no name of a guest. */
const isKept = ({ state, meta }: { state: { data?: unknown }; meta?: Record<string, unknown> | undefined }): boolean =>
  state.data !== undefined && meta?.keep === true

export const soon = (reading: Promise<unknown>): Promise<unknown> => Promise.race([reading.catch(() => null), new Promise((done) => setTimeout(done, PATIENCE))])

export async function keepReading(queryClient: QueryClient): Promise<void> {
  const persister = createAsyncStoragePersister({
    key: 'pages',
    throttleTime: THROTTLE,
    storage: {
      getItem: async (key) => (await (await database()).get('read', key)) ?? null,
      setItem: async (key, value) => (await database()).put('read', value, key),
      removeItem: async (key) => (await database()).delete('read', key),
    },
  })
  const options = { queryClient, persister, maxAge: DAY, get buster() { return `${BUILD} ${whose()}` }, dehydrateOptions: { shouldDehydrateQuery: isKept } }
  await soon(persistQueryClientRestore(options))
  persistQueryClientSubscribe(options)
}
