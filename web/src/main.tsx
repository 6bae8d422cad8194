import './styles.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createRouter, RouterProvider } from '@tanstack/react-router'
import { StrictMode, useEffect, useRef } from 'react'
import { I18nProvider } from 'react-aria-components'
import { createRoot } from 'react-dom/client'
import { useTranslation } from 'react-i18next'
import { Problem } from '@/lib/problem'
import { locale, openLanguages } from '@/lib/i18n'
import { speakOurWords } from '@/lib/validity'
import { put } from '@/api/put'
import { me } from '@/api/queries'
import { isSignedIn, left, useStanding } from '@/api/session'
import { readBack } from '@/offline/outbox'
import { keepReading, soon } from '@/offline/reading'
import { onAnswer } from '@/offline/sender'
import { wipe } from '@/offline/store'
import { routeTree } from './routeTree.gen'

const client = new QueryClient({
  defaultOptions: {
    queries: {
      gcTime: 86_400_000,
      networkMode: 'always',
      retry: (times, error) => times < 2 && !(error instanceof Problem && error.status < 500),
    },
    mutations: { networkMode: 'always' },
  },
})
/** Plain words in the address: `?find=101`, not JSON in quotes. */
const router = createRouter({
  routeTree,
  context: { client },
  defaultPreload: 'intent',
  scrollRestoration: true,
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const said = Object.entries(search).filter(([, value]) => value !== undefined && value !== '')
    const text = new URLSearchParams(said.map(([name, value]) => [name, String(value)])).toString()
    return text && `?${text}`
  },
})
declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

function Serai() {
  useTranslation() // drawn again in another language
  const standing = useStanding()
  const before = useRef(standing)
  useEffect(() => {
    if (before.current !== 'out' && standing === 'out') {
      const byWill = left()
      void wipe(byWill ? client.getQueryData(me().queryKey)?.id ?? '' : '').then(readBack)
      client.clear()
      // Who comes next begins at the beginning, not where the one before was.
      void (byWill ? router.navigate({ to: '/sign-in' }) : Promise.resolve()).then(() => router.invalidate())
    }
    if (before.current === 'ended' && standing === 'in') void client.invalidateQueries()
    before.current = standing
  }, [standing])
  return (
    <I18nProvider locale={locale()}>
      <QueryClientProvider client={client}><RouterProvider router={router} /></QueryClientProvider>
    </I18nProvider>
  )
}

for (const { routeId } of router.matchRoutes(router.latestLocation)) {
  const route = router.routesById[routeId as keyof typeof router.routesById] // its code comes while the language and what was kept are read
  if (route) void router.loadRouteChunk(route)
}
speakOurWords()
onAnswer((_, answer) => put(client, answer))
if (!isSignedIn()) await soon(wipe()) // the next one here may be another person
await Promise.all([openLanguages(), keepReading(client), soon(readBack())])
const root = document.getElementById('root')
if (root) createRoot(root).render(<StrictMode><Serai /></StrictMode>)
