import { createFileRoute } from '@tanstack/react-router'
import { Rooms } from '@/features/spaces/rooms'
import { texts } from '@/lib/search'

export const Route = createFileRoute('/_in/rooms')({ validateSearch: texts('find', 'id', 'new', 'floor', 'type'), component: Rooms })
