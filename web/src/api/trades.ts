/** Kinds of repairs, in the reader's language. */

import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { categories, type Category } from '@/api/queries'

const NONE: readonly Category[] = []

export const named = (names: Record<string, string>, language: string, code: string): string => names[Object.keys(names).find((one) => one.startsWith(language)) ?? 'en'] ?? code

export interface Trades {
  all: readonly Category[]
  name: (code: string) => string
}

export function useTrades(isOn = true): Trades {
  const { i18n } = useTranslation()
  const { data: all = NONE } = useQuery({ ...categories(), enabled: isOn })
  return { all, name: (code) => named(all.find((one) => one.code === code)?.names ?? {}, i18n.language, code) }
}
