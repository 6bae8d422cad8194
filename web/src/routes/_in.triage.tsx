import { createFileRoute } from '@tanstack/react-router'
import { Triage } from '@/features/work-orders/triage'
import { texts } from '@/lib/search'

export const Route = createFileRoute('/_in/triage')({ validateSearch: texts('id'), component: Triage })
