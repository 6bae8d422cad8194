import { createFileRoute } from '@tanstack/react-router'
import { Assets } from '@/features/assets/assets'
import { texts } from '@/lib/search'

export const Route = createFileRoute('/_in/assets')({ validateSearch: texts('find', 'id', 'new', 'kind', 'low', 'retired'), component: Assets })
