/** A day or a moment, in the reader's own calendar (Solar Hijri too) and the hotel's zone; what is sent is ISO 8601. */

import { parseAbsolute, parseDate, toZoned, type CalendarDateTime, type DateValue } from '@internationalized/date'
import { CalendarDays, ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { Button, Calendar, CalendarCell, CalendarGrid, CalendarGridBody, CalendarGridHeader, CalendarHeaderCell, DateInput, DatePicker, DateSegment, Dialog, Group, Heading, Label, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { usePopup } from '@/components/popup'

interface Props {
  name: string
  label: string
  kind: 'date' | 'moment'
  zone: string
  initial: string
  required: boolean
}

function begin({ kind, zone, initial }: Props): DateValue | null {
  if (!initial) return null
  return kind === 'date' ? parseDate(initial) : parseAbsolute(initial, zone)
}

const written = (value: DateValue | null, { kind, zone }: Props): string =>
  value === null ? '' : kind === 'date' ? value.toString() : 'timeZone' in value ? value.toAbsoluteString() : toZoned(value as CalendarDateTime, zone).toAbsoluteString()

export function When(props: Props) {
  const { t } = useTranslation()
  const popup = usePopup()
  const [value, setValue] = useState<DateValue | null>(() => begin(props))
  const change = (next: DateValue | null): void => {
    popup?.written(true)
    setValue(next && props.kind === 'date' && 'hour' in next ? (next as CalendarDateTime) : next)
  }
  return (
    <DatePicker value={value} onChange={change} granularity={props.kind === 'date' ? 'day' : 'minute'} isRequired={props.required} hideTimeZone className="flex flex-col gap-1.5">
      <input type="hidden" name={props.name} value={written(value, props)} />
      <Label>{props.label}{!props.required && ' '}{!props.required && <span className="ms-0.5 text-xs font-normal text-ink-3">{t('form.optional')}</span>}</Label>
      <Group className="field flex items-center">
        <DateInput className="block flex-1 whitespace-nowrap">{(one) => <DateSegment segment={one} className="rounded px-0.5 tabular-nums outline-none data-focused:bg-brand data-focused:text-brand-ink data-placeholder:text-ink-3" />}</DateInput>
        <Button className="-me-1.5 rounded-lg p-2 text-ink-2 hover:bg-sunken" aria-label={t('form.calendar')}><CalendarDays size={18} aria-hidden /></Button>
      </Group>
      <Popover className="rounded-card border border-line bg-surface p-4 shadow-pop">
        <Dialog className="outline-none" aria-label={t('form.calendar')}>
          <Calendar aria-label={props.label}>
            <header className="mb-2 flex items-center justify-between">
              <Button slot="previous" className="btn btn-ghost btn-icon" aria-label={t('form.before')}><ChevronLeft size={18} className="rtl:-scale-x-100" aria-hidden /></Button>
              <Heading className="text-sm font-semibold" />
              <Button slot="next" className="btn btn-ghost btn-icon" aria-label={t('form.after')}><ChevronRight size={18} className="rtl:-scale-x-100" aria-hidden /></Button>
            </header>
            <CalendarGrid>
              <CalendarGridHeader>{(day) => <CalendarHeaderCell className="size-10 text-xs font-medium text-ink-3">{day}</CalendarHeaderCell>}</CalendarGridHeader>
              <CalendarGridBody>{(day) => <CalendarCell date={day} className="grid size-10 place-items-center rounded-lg text-sm tabular-nums hover:bg-sunken data-outside-month:invisible data-selected:bg-brand data-selected:text-brand-ink" />}</CalendarGridBody>
            </CalendarGrid>
          </Calendar>
        </Dialog>
      </Popover>
    </DatePicker>
  )
}
