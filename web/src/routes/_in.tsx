import { createFileRoute, redirect } from '@tanstack/react-router'
import { me } from '@/api/queries'
import { Shell } from '@/frame/shell'
import { Trouble } from '@/components/trouble'
import { isSignedIn } from '@/api/session'

export const Route = createFileRoute('/_in')({
  beforeLoad: ({ location }) => {
    if (!isSignedIn()) throw redirect({ to: '/sign-in', search: { next: location.href } })
  },
  loader: ({ context }) => context.client.ensureQueryData(me()),
  component: Shell,
  errorComponent: Trouble,
})
