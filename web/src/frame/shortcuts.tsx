/** The keys that act here, and the switch for those whom they disturb. */

import { useTranslation } from 'react-i18next'
import { Popup } from '@/components/popup'
import { allHotkeys, shortcuts } from '@/lib/hotkeys'

const ALWAYS = [['Ctrl K', 'palette.find'], ['Esc', 'close']] as const
const BOARD = [
  ['← ↑ → ↓', 'keys.walk'], ['Enter', 'keys.open'], ['X', 'keys.select'], ['Shift X', 'keys.range'],
  ['S', 'action.start-cleaning'], ['C', 'action.mark-cleaned'], ['I', 'action.inspect'], ['D', 'action.dirty'], ['P', 'action.pickup'],
] as const

export function Shortcuts({ close }: { close: () => void }) {
  const { t } = useTranslation()
  const isOff = shortcuts.use() === 'off'
  const rows = [...ALWAYS, ...BOARD, ...allHotkeys().map((one) => [one.keys.toUpperCase(), one.label] as const)]
  return (
    <Popup title={t('keys.title')} close={close}>
      <label className="mb-4 flex min-h-11 items-center gap-3 text-sm font-medium"><input type="checkbox" className="size-5 accent-brand" checked={!isOff} onChange={() => shortcuts.set(isOff ? 'on' : 'off')} />{t('keys.on')}</label>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-5 gap-y-2 text-sm">
        {rows.map(([keys, label]) => <div key={keys + label} className="contents"><dt><kbd dir="ltr" className="rounded border border-line bg-sunken px-2 py-0.5 text-xs">{keys}</kbd></dt><dd>{t(label)}</dd></div>)}
      </dl>
    </Popup>
  )
}
