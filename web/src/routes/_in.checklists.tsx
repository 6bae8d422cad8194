import { createFileRoute } from '@tanstack/react-router'
import { Checklists } from '@/features/checklists/checklists'
import { texts } from '@/lib/search'

export const Route = createFileRoute('/_in/checklists')({ validateSearch: texts('find', 'id', 'new', 'task', 'active'), component: Checklists })
