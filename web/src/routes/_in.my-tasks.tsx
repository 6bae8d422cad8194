import { createFileRoute } from '@tanstack/react-router'
import { MyTasks } from '@/features/tasks/my-tasks'
import { texts } from '@/lib/search'

export const Route = createFileRoute('/_in/my-tasks')({ validateSearch: texts('id'), component: MyTasks })
