import { createFileRoute } from '@tanstack/react-router'
import { WorkOrderPage } from '@/features/work-orders/work-order'

export const Route = createFileRoute('/_in/work-orders_/$id')({ component: WorkOrderPage })
