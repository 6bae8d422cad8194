/** Small signs: a person, a state, how grave it is. Colour never stands alone. */

import { clsx } from 'clsx'
import { AlertTriangle, ArrowDown, ArrowRight, ChevronsUp, Equal, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

export const letters = (name: string): string => name.split(/[\s.]+/).filter(Boolean).slice(0, 2).map((one) => [...one][0]).join('‌').toUpperCase()

/** Who it is, in two letters; the name is read to those who cannot see. */
export function Initials({ name, size = 'md' }: { name: string; size?: 'sm' | 'md' }) {
  return <span title={name} aria-hidden className={clsx('inline-grid shrink-0 place-items-center rounded-full bg-brand-tint font-semibold text-brand-text', size === 'sm' ? 'size-6 text-[10px]' : 'size-8 text-xs')}>{letters(name)}</span>
}

export const Person = ({ name }: { name: string }) => <span className="inline-flex min-w-0 items-center gap-2"><Initials name={name} size="sm" /><bdi className="truncate">{name}</bdi></span>

/** A state, painted as rooms are: one attribute for all surfaces. */
export function Badge({ look, icon: Icon, children }: { look: string; icon?: LucideIcon; children: ReactNode }) {
  return <span data-look={look} className="inline-flex h-6 items-center gap-1.5 whitespace-nowrap rounded-md bg-look-tint px-2 text-xs font-semibold text-look-ink">{Icon && <Icon size={13} aria-hidden />}{children}</span>
}

const GRAVITY = { low: ArrowDown, medium: Equal, high: ChevronsUp, critical: AlertTriangle } as const
type Gravity = keyof typeof GRAVITY

export function Severity({ of }: { of: Gravity }) {
  const { t } = useTranslation()
  const Icon = GRAVITY[of]
  return <span data-gravity={of} className="inline-flex h-6 items-center gap-1.5 whitespace-nowrap rounded-md bg-look-tint px-2 text-xs font-semibold text-look-ink"><Icon size={13} aria-hidden />{t(`severity.${of}`)}</span>
}

/** A share of a whole as a bar; its words stand beside it. */
export function Bar({ share, look = 'clean' }: { share: number; look?: string }) {
  return <span aria-hidden data-look={look} className="block h-2 overflow-hidden rounded-full bg-sunken"><span className="block h-full rounded-full bg-look" style={{ width: `${Math.round(Math.min(1, Math.max(0, share)) * 100)}%` }} /></span>
}

/** From what was to what is: it turns round with the writing. */
export const Became = () => <ArrowRight size={13} className="mx-1 inline rtl:-scale-x-100" aria-hidden />

/** Below this an asset is one to look after. */
export const HEALTH_LOW = 50
const HEALTH_GOOD = 75
/** How an asset looks by its health, between 0 and 100. */
export const healthLook = (index: number): string => (index < HEALTH_LOW ? 'dirty' : index < HEALTH_GOOD ? 'pickup' : 'inspected')
