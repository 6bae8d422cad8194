import { createFileRoute } from '@tanstack/react-router'
import { Settings } from '@/features/settings/settings'
import { texts } from '@/lib/search'

export const Route = createFileRoute('/_in/settings')({ validateSearch: texts('find', 'id', 'new'), component: Settings })
