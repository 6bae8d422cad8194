import { createFileRoute, redirect } from '@tanstack/react-router'
import { me } from '@/api/queries'
import { isSignedIn } from '@/api/session'
import { firstPage } from '@/frame/pages'
import { place } from '@/lib/kept'

/** Everybody begins with what is theirs. */
export const Route = createFileRoute('/')({
  beforeLoad: async ({ context }) => {
    if (!isSignedIn()) throw redirect({ to: '/sign-in' })
    const { properties } = await context.client.ensureQueryData(me())
    const here = properties.find((one) => one.id === place.get()) ?? properties[0]
    throw redirect({ to: firstPage(here?.permissions ?? []) })
  },
})
