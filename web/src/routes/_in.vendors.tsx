import { createFileRoute } from '@tanstack/react-router'
import { Vendors } from '@/features/vendors/vendors'
import { texts } from '@/lib/search'

export const Route = createFileRoute('/_in/vendors')({ validateSearch: texts('find', 'id', 'new', 'category', 'retired'), component: Vendors })
