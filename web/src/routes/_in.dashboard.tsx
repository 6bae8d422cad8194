import { createFileRoute } from '@tanstack/react-router'
import { Dashboard } from '@/features/dashboard/dashboard'
import { periodOf, type Wanted } from '@/features/dashboard/wanted'

export const Route = createFileRoute('/_in/dashboard')({
  validateSearch: (search: Record<string, unknown>): Wanted => ({ ...(search.days !== undefined && { days: periodOf(search.days) }), ...(search.kiosk !== undefined && { kiosk: 'yes' }) }),
  component: Dashboard,
})
