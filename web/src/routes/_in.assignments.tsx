import { createFileRoute } from '@tanstack/react-router'
import { Assignments } from '@/features/tasks/assignments'
import { texts } from '@/lib/search'

export const Route = createFileRoute('/_in/assignments')({ validateSearch: texts('id'), component: Assignments })
