import { createFileRoute } from '@tanstack/react-router'
import { Staff } from '@/features/staff/staff'
import { texts } from '@/lib/search'

export const Route = createFileRoute('/_in/staff')({ validateSearch: texts('find', 'id', 'new', 'role', 'state'), component: Staff })
