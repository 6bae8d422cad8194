import { createFileRoute } from '@tanstack/react-router'
import { Phones } from '@/features/phones/phones'
import { texts } from '@/lib/search'

export const Route = createFileRoute('/_in/phones')({ validateSearch: texts('find', 'id'), component: Phones })
