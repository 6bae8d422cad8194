import { createFileRoute, redirect } from '@tanstack/react-router'
import { isSignedIn } from '@/api/session'
import { SignIn } from '@/features/auth/sign-in'
import { texts } from '@/lib/search'

const said = texts('next', 'tenant', 'state', 'code')

export const Route = createFileRoute('/sign-in')({
  validateSearch: (search: Record<string, unknown>) => {
    const { next, ...rest } = said(search)
    return next?.startsWith('/') && !next.startsWith('//') ? { ...rest, next } : rest as ReturnType<typeof said>
  },
  beforeLoad: () => {
    if (isSignedIn()) throw redirect({ to: '/' })
  },
  component: SignIn,
})
