/** @jsxImportSource preact */
/** The portal: pages for people without an account. The address says which, and its last part is the signed link. */

import { render } from 'preact'
import { useCallback, useLayoutEffect, useMemo, useState } from 'preact/hooks'
import { Trouble } from '@/portal/api'
import { FaultPage } from '@/portal/fault'
import { Wrong } from '@/portal/frame'
import { firstLanguage, type Language, show, speech, Spoken } from '@/portal/language'
import '@/portal/portal.css'
import { StatusPage } from '@/portal/status'
import { VendorPage } from '@/portal/vendor'

const PAGES = { v: VendorPage, p: FaultPage, r: StatusPage } as const
const [, which = '', token = ''] = /^\/([vpr])\/([\w-]+)\/?$/.exec(location.pathname) ?? []
const Page = PAGES[which as keyof typeof PAGES] as (typeof PAGES)['v'] | undefined
const NOWHERE = new Trouble('gone')

function Portal() {
  const [language, set] = useState<Language>(firstLanguage)
  const speak = useCallback((wanted: Language) => set(wanted), [])
  const spoken = useMemo(() => speech(language, speak), [language, speak])
  useLayoutEffect(() => show(language), [language])
  return <Spoken.Provider value={spoken}>{Page ? <Page token={token} /> : <Wrong trouble={NOWHERE} again={() => {}} />}</Spoken.Provider>
}

const root = document.getElementById('root')
if (root) render(<Portal />, root)
