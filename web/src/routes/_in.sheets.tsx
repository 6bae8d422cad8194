import { createFileRoute } from '@tanstack/react-router'
import { Sheets } from '@/features/tasks/sheets'
import { texts } from '@/lib/search'

export const Route = createFileRoute('/_in/sheets')({ validateSearch: texts('who'), component: Sheets })
