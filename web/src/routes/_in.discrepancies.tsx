import { createFileRoute } from '@tanstack/react-router'
import { Discrepancies } from '@/features/discrepancies/discrepancies'
import { texts } from '@/lib/search'

export const Route = createFileRoute('/_in/discrepancies')({ validateSearch: texts('find', 'id', 'resolved'), component: Discrepancies })
