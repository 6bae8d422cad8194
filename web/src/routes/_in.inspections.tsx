import { createFileRoute } from '@tanstack/react-router'
import { Inspections } from '@/features/tasks/inspections'
import { texts } from '@/lib/search'

export const Route = createFileRoute('/_in/inspections')({ validateSearch: texts('id'), component: Inspections })
