import { createFileRoute } from '@tanstack/react-router'
import { Notifications } from '@/features/notifications/notifications'
import { texts } from '@/lib/search'

export const Route = createFileRoute('/_in/notifications')({ validateSearch: texts('unread'), component: Notifications })
