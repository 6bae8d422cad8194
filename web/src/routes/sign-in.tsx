import { createFileRoute, redirect } from '@tanstack/react-router'
import { SignIn } from '@/features/auth/sign-in'
import { isSignedIn } from '@/lib/session'

export const Route = createFileRoute('/sign-in')({
  validateSearch: (search: Record<string, unknown>): { next?: string } =>
    typeof search.next === 'string' && search.next.startsWith('/') && !search.next.startsWith('//') ? { next: search.next } : {},
  beforeLoad: () => {
    if (isSignedIn()) throw redirect({ to: '/board' })
  },
  component: SignIn,
})
