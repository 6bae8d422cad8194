import { createFileRoute } from '@tanstack/react-router'
import { WorkOrders } from '@/features/work-orders/work-orders'
import { texts } from '@/lib/search'

export const Route = createFileRoute('/_in/work-orders')({ validateSearch: texts('state', 'severity', 'category', 'who', 'vendor', 'late', 'find', 'as'), component: WorkOrders })
