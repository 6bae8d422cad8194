import { createFileRoute } from '@tanstack/react-router'
import { Parts } from '@/features/parts/parts'
import { texts } from '@/lib/search'

export const Route = createFileRoute('/_in/parts')({ validateSearch: texts('find', 'id', 'new', 'low', 'retired'), component: Parts })
