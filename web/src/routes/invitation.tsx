import { createFileRoute } from '@tanstack/react-router'
import { Invitation } from '@/features/auth/invitation'

export const Route = createFileRoute('/invitation')({ component: Invitation })
