/** What parts are counted in: a code where it is a common one, whatever somebody wrote where it is not. */

import type { TFunction } from 'i18next'
import { plain } from '@/lib/digits'

const UNITS = ['piece', 'metre', 'litre', 'kg', 'box'] as const

export const units = (t: TFunction): string[] => UNITS.map((one) => t(`unit.${one}`))
export const unitName = (code: string, t: TFunction): string => (UNITS.some((one) => one === code) ? t(`unit.${code}`) : code)
export const unitOf = (text: string, t: TFunction): string => UNITS.find((one) => plain(t(`unit.${one}`)) === plain(text)) ?? text
