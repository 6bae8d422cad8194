/** The language and the theme of this device. */

import { Languages, SunMoon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { theme } from '@/lib/kept'
import { LANGUAGES, speak, type Language } from '@/lib/i18n'

export function LanguageChoice() {
  const { t, i18n } = useTranslation()
  return (
    <label className="btn btn-ghost relative px-2.5">
      <Languages size={18} aria-hidden />
      <span className="max-md:sr-only">{LANGUAGES[i18n.language as Language].name}</span>
      <select aria-label={t('language')} value={i18n.language} onChange={(change) => void speak(change.target.value as Language)} className="absolute inset-0 cursor-pointer opacity-0">
        {Object.entries(LANGUAGES).map(([code, one]) => <option key={code} value={code}>{'isDraft' in one ? `${one.name} (${t('languageDraft')})` : one.name}</option>)}
      </select>
    </label>
  )
}

export function turnTheme(): void {
  const next = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'
  document.documentElement.dataset.theme = next
  theme.set(next)
}

export function ThemeChoice() {
  const { t } = useTranslation()
  return <button type="button" className="btn btn-ghost btn-icon" aria-label={t('theme')} onClick={turnTheme}><SunMoon size={18} aria-hidden /></button>
}
