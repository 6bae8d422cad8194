import { createFileRoute } from '@tanstack/react-router'
import { Tasks } from '@/features/tasks/tasks'
import { texts } from '@/lib/search'

export const Route = createFileRoute('/_in/tasks')({ validateSearch: texts('state', 'type', 'who', 'floor', 'late', 'find', 'id'), component: Tasks })
