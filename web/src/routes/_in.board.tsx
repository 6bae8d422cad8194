import { createFileRoute } from '@tanstack/react-router'
import { Board } from '@/features/board/board'
import { GROUPINGS, LOOKS, ONLY, type Wanted } from '@/features/board/look'

const text = (said: unknown): string | undefined => (typeof said === 'string' && said !== '' ? said : undefined)

export const Route = createFileRoute('/_in/board')({
  validateSearch: (search: Record<string, unknown>): Wanted => ({
    look: LOOKS.find((one) => one === search.look), only: ONLY.find((one) => one === search.only), by: GROUPINGS.find((one) => one === search.by),
    find: text(search.find), room: text(search.room), kiosk: text(search.kiosk),
  }),
  component: Board,
})
