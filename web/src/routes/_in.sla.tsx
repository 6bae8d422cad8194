import { createFileRoute } from '@tanstack/react-router'
import { Sla } from '@/features/sla/sla'
import { texts } from '@/lib/search'

export const Route = createFileRoute('/_in/sla')({ validateSearch: texts('find', 'id', 'new', 'severity'), component: Sla })
