/** All pages that stand in the side bar, the tabs of a phone and the palette: for whom, and by which keys one gets there. */

import { Bell, Boxes, Brush, CalendarCheck, ClipboardCheck, ClipboardList, Columns3, Gauge, HardHat, Inbox, LayoutGrid, ListChecks, Package, Printer, Scale, Settings, Smartphone, Timer, Truck, Users, type LucideIcon } from 'lucide-react'
import type { Permission } from '@/api/house'

export const PAGES = [
  { to: '/board', name: 'board.title', icon: LayoutGrid, permission: 'room.read', group: 'rooms', keys: 'g b' },
  { to: '/my-tasks', name: 'mine.title', icon: Brush, permission: 'task.start', group: 'rooms', keys: 'g m' },
  { to: '/tasks', name: 'tasks.title', icon: ListChecks, permission: 'task.assign', group: 'rooms', keys: 'g t' },
  { to: '/assignments', name: 'assign.title', icon: Columns3, permission: 'task.assign', group: 'rooms', keys: 'g a' },
  { to: '/inspections', name: 'inspect.title', icon: ClipboardCheck, permission: 'task.verify', group: 'rooms', keys: 'g i' },
  { to: '/sheets', name: 'sheets.title', icon: Printer, permission: 'task.assign', group: 'rooms', keys: 'g p' },
  { to: '/discrepancies', name: 'differ.title', icon: Scale, permission: 'discrepancy.read', group: 'rooms', keys: 'g x' },
  { to: '/work-orders', name: 'orders.title', icon: HardHat, permission: 'workorder.read', group: 'repairs', keys: 'g w' },
  { to: '/triage', name: 'triage.title', icon: Inbox, permission: 'workorder.assign', group: 'repairs', keys: 'g q' },
  { to: '/assets', name: 'assets.title', icon: Boxes, permission: 'asset.read', group: 'repairs', keys: 'g e' },
  { to: '/parts', name: 'parts.title', icon: Package, permission: 'part.read', group: 'repairs', keys: 'g k' },
  { to: '/vendors', name: 'vendors.title', icon: Truck, permission: 'vendor.read', group: 'repairs', keys: 'g v' },
  { to: '/dashboard', name: 'dash.title', icon: Gauge, permission: 'dashboard.read', group: 'house', keys: 'g d' },
  { to: '/notifications', name: 'notices.title', icon: Bell, permission: 'notification.mine', group: 'house', keys: 'g n' },
  { to: '/staff', name: 'staff.title', icon: Users, permission: 'staff.read', group: 'house', keys: 'g s' },
  { to: '/rooms', name: 'rooms.title', icon: CalendarCheck, permission: 'space.manage', group: 'house', keys: 'g r' },
  { to: '/checklists', name: 'checklists.title', icon: ClipboardList, permission: 'checklist.manage', group: 'house', keys: 'g c' },
  { to: '/sla', name: 'sla.title', icon: Timer, permission: 'sla.read', group: 'house', keys: 'g l' },
  { to: '/phones', name: 'phones.title', icon: Smartphone, permission: 'phone.read', group: 'house', keys: 'g f' },
  { to: '/settings', name: 'settings.title', icon: Settings, permission: 'settings.manage', group: 'house', keys: 'g o' },
] as const satisfies readonly { to: string; name: string; icon: LucideIcon; permission: Permission; group: string; keys: string }[]

export type PageOf = (typeof PAGES)[number]
export const GROUPS = ['rooms', 'repairs', 'house'] as const
const TABS = ['/my-tasks', '/board', '/work-orders', '/tasks', '/dashboard', '/notifications']
const WORKER_TABS = ['/my-tasks', '/work-orders', '/board', '/notifications']

/** Where somebody begins: with their own work if they give none out. */
export const firstPage = (permissions: readonly string[]): PageOf['to'] =>
  permissions.includes('task.assign') || !permissions.includes('task.start') ? (permissions.includes('room.bulk') || !permissions.includes('workorder.work') ? '/board' : '/work-orders') : '/my-tasks'

/** Four at the most: what this person needs with one thumb. */
export function tabsOf(pages: readonly PageOf[]): PageOf[] {
  const worker = !pages.some((one) => one.to === '/tasks')
  return (worker ? WORKER_TABS : TABS).flatMap((to) => pages.filter((one) => one.to === to)).filter((one) => worker || one.to !== '/my-tasks').slice(0, 4)
}
