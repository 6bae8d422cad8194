import { createFileRoute } from '@tanstack/react-router'
import { Account } from '@/features/account/account'
import { texts } from '@/lib/search'

export const Route = createFileRoute('/_in/account')({ validateSearch: texts('state', 'code', 'error'), component: Account })
