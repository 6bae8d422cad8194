import { createFileRoute, redirect } from '@tanstack/react-router'
import { isSignedIn } from '@/api/session'
import { SignIn } from '@/features/auth/sign-in'
import { linking } from '@/lib/kept'
import { texts } from '@/lib/search'

const said = texts('next', 'tenant', 'state', 'code', 'error')

export const Route = createFileRoute('/sign-in')({
  validateSearch: (search: Record<string, unknown>) => {
    const { next, ...rest } = said(search)
    return next?.startsWith('/') && !next.startsWith('//') ? { ...rest, next } : rest as ReturnType<typeof said>
  },
  beforeLoad: ({ search: { next, state, code, error } }) => {
    if (!isSignedIn()) return
    if (state && linking.get()) throw redirect({ to: '/account', search: { state, code, error } })
    throw redirect({ href: next ?? '/' })
  },
  component: SignIn,
})
