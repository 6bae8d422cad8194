/** One's hotels, and what one is in each. */

import { useSuspenseQuery } from '@tanstack/react-query'
import { Check, ChevronsUpDown } from 'lucide-react'
import { Button, Menu, MenuItem, MenuTrigger, Popover, Text } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { useHere } from '@/api/here'
import { me } from '@/api/queries'
import { useSwitch } from '@/frame/switch'

export function Hotels({ left }: { left: (() => void) | undefined }) {
  const { t } = useTranslation()
  const { properties, roles } = useSuspenseQuery(me()).data
  const here = useHere()
  const turnTo = useSwitch()
  const rolesAt = (id: string): string => [...new Set(roles.filter((one) => (one.property_id ?? id) === id).map((one) => t(`role.${one.role}`)))].join(' · ')
  const choose = (id: string): void => {
    if (id !== here?.id) turnTo(id)
    left?.()
  }
  return (
    <MenuTrigger>
      <Button aria-label={`${t('hotel')}: ${here?.name ?? ''}`} className="mx-3 mb-3 flex h-10 items-center justify-between gap-2 rounded-lg border border-white/10 bg-white/5 px-3 text-[13px] font-medium hover:bg-white/10 max-md:h-12 max-md:text-sm">
        <span className="truncate" dir="auto">{here?.name}</span>
        <ChevronsUpDown size={14} className="shrink-0 opacity-70" aria-hidden />
      </Button>
      <Popover placement="bottom start" className="max-h-[60dvh] w-(--trigger-width) overflow-y-auto rounded-card border border-line bg-surface p-1.5 text-ink shadow-pop">
        <Menu aria-label={t('hotel')} selectionMode="single" disallowEmptySelection selectedKeys={here ? [here.id] : []} onAction={(id) => choose(String(id))} className="outline-none">
          {properties.map((one) => (
            <MenuItem key={one.id} id={one.id} textValue={one.name} className="flex min-h-11 cursor-pointer items-center gap-3 rounded-lg px-3 py-1.5 text-[13px] outline-none data-focused:bg-sunken data-selected:text-brand-text max-md:min-h-13 max-md:text-sm">
              <span className="min-w-0 flex-1">
                <Text slot="label" className="block truncate font-medium"><bdi>{one.name}</bdi></Text>
                <Text slot="description" className="block truncate text-xs text-ink-3">{rolesAt(one.id)}</Text>
              </span>
              {one.id === here?.id && <Check size={16} className="shrink-0" aria-hidden />}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
