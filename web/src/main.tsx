import './styles.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createRouter, RouterProvider } from '@tanstack/react-router'
import { StrictMode, useEffect, useRef } from 'react'
import { I18nProvider } from 'react-aria-components'
import { createRoot } from 'react-dom/client'
import { useTranslation } from 'react-i18next'
import { Problem } from '@/api/problem'
import { LANGUAGES, openLanguages, type Language } from '@/lib/i18n'
import { useSignedIn } from '@/lib/session'
import { routeTree } from './routeTree.gen'

const client = new QueryClient({
  defaultOptions: {
    queries: {
      gcTime: 86_400_000,
      retry: (times, error) => times < 2 && !(error instanceof Problem && error.status >= 400 && error.status < 500),
    },
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
  const { i18n } = useTranslation()
  const signedIn = useSignedIn()
  const before = useRef(signedIn)
  useEffect(() => {
    if (before.current && !signedIn) {
      client.clear()
      void router.invalidate()
    }
    before.current = signedIn
  }, [signedIn])
  return (
    <I18nProvider locale={LANGUAGES[i18n.language as Language].locale}>
      <QueryClientProvider client={client}><RouterProvider router={router} /></QueryClientProvider>
    </I18nProvider>
  )
}

await openLanguages()
const root = document.getElementById('root')
if (root) createRoot(root).render(<StrictMode><Serai /></StrictMode>)
