import { createFileRoute } from '@tanstack/react-router'
import { Triage } from '@/features/work-orders/triage'

export const Route = createFileRoute('/_in/triage')({ component: Triage })
