import { createFileRoute } from '@tanstack/react-router'
import { Board } from '@/features/board/board'
import { LOOKS, type Look, type Wanted } from '@/features/board/look'

const ONLY = ['arrivals', 'repairs', 'vip', 'unassigned'] as const

export const Route = createFileRoute('/_in/board')({
  validateSearch: (search: Record<string, unknown>): Wanted => ({
    look: LOOKS.find((one): one is Look => one === search.look),
    only: ONLY.find((one) => one === search.only),
    find: typeof search.find === 'string' ? search.find : undefined,
  }),
  component: Board,
})
