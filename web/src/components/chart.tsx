/** A trend in one or two lines: drawn here, mirrored where one writes from right to left, told in words and figures too. */

import { scaleLinear } from 'd3-scale'
import { area, curveMonotoneX, line } from 'd3-shape'
import { useCallback, useState, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { isRightToLeft, moment, number } from '@/lib/i18n'

interface Series {
  name: string
  values: readonly number[]
}
interface Props {
  name: string
  /** Dates as the server writes them, one for each value. */
  days: readonly string[]
  series: readonly Series[]
  format?: (value: number) => string
}

const [HEIGHT, TOP, FOOT, SIDE, END, LABEL] = [220, 12, 28, 34, 22, 68]
const STROKES = [{ stroke: 'var(--brand)', strokeWidth: 2.5 }, { stroke: 'var(--clean)', strokeWidth: 2, strokeDasharray: '5 4' }] as const
const strokeOf = (index: number) => STROKES[index] ?? STROKES[1]
/** Words of another direction keep their own order inside the drawing. */
const apart = (text: string): string => `\u2068${text}\u2069`
const dayOf = (day: string): string => moment(day, { day: 'numeric', month: 'short', timeZone: 'UTC' })
const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0)

/** As wide as its place; what is not laid out yet is taken for middling. */
function useWidth(): [(node: Element | null) => (() => void) | undefined, number] {
  const [width, setWidth] = useState(560)
  const ref = useCallback((node: Element | null) => {
    if (!node) return undefined
    const watch = new ResizeObserver(([one]) => one && one.contentRect.width > 0 && setWidth(Math.round(one.contentRect.width)))
    watch.observe(node)
    return () => watch.disconnect()
  }, [])
  return [ref, width]
}

export function Trend({ name, days, series, format = number }: Props) {
  const { t, i18n } = useTranslation()
  const [place, width] = useWidth()
  const [at, setAt] = useState<number | null>(null)
  const turned = isRightToLeft(i18n.language)
  const last = days.length - 1
  const inner: [number, number] = [SIDE, width - END]
  const x = scaleLinear().domain([0, Math.max(1, last)]).range(turned ? [width - inner[0], width - inner[1]] : inner).clamp(true)
  const y = scaleLinear().domain([0, Math.max(1, ...series.flatMap((one) => one.values))]).range([HEIGHT - FOOT, TOP]).nice(4)
  const lines = y.ticks(4).filter((one) => Number.isInteger(one))
  const step = Math.max(1, Math.ceil(days.length / Math.max(1, Math.floor((inner[1] - inner[0]) / LABEL))))
  const stroke = line<number>((_, index) => x(index), (value) => y(value)).curve(curveMonotoneX)
  const filled = area<number>((_, index) => x(index), HEIGHT - FOOT, (value) => y(value)).curve(curveMonotoneX)
  const follow = (event: PointerEvent<SVGSVGElement>): void => {
    const box = event.currentTarget.getBoundingClientRect()
    setAt(Math.min(last, Math.round(x.invert(((event.clientX - box.left) / box.width) * width))))
  }
  const told = series.map((one) => {
    const most = Math.max(0, ...one.values)
    const day = days[one.values.indexOf(most)]
    return t('chart.line', { name: one.name, all: format(sum(one.values)), most: format(most), day: day ? dayOf(day) : '–' })
  })
  const summary = [t('chart.about', { name, from: days[0] ? dayOf(days[0]) : '–', to: days[last] ? dayOf(days[last]) : '–' }), ...told].join(' ')
  const here = at === null ? undefined : days[at]
  return (
    <div className="min-w-0">
      <div className="mb-2 flex flex-wrap items-center gap-x-5 gap-y-1 text-sm" aria-hidden>
        {series.map((one, index) => (
          <span key={one.name} className="inline-flex items-center gap-2 text-ink-2">
            <svg width="22" height="4" className="shrink-0"><line x1="1" x2="21" y1="2" y2="2" strokeLinecap="round" {...strokeOf(index)} /></svg>
            {one.name}<b className="num font-semibold text-ink">{format(at === null ? sum(one.values) : (one.values[at] ?? 0))}</b>
          </span>
        ))}
        <span className="ms-auto text-xs text-ink-3 max-md:ms-0 max-md:basis-full">{here ? moment(here, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }) : t('chart.all')}</span>
      </div>
      <div ref={place}>
        <svg role="img" aria-label={summary} viewBox={`0 0 ${width} ${HEIGHT}`} direction="ltr" className="num block h-auto w-full touch-pan-y" onPointerMove={follow} onPointerLeave={() => setAt(null)}>
          {lines.map((one) => (
            <g key={one}>
              <line x1={x.range()[0]} x2={x.range()[1]} y1={y(one)} y2={y(one)} stroke="var(--line)" />
              <text x={turned ? width - SIDE + 10 : SIDE - 10} y={y(one) + 4} textAnchor={turned ? 'start' : 'end'} fontSize="11" fill="var(--ink-3)">{format(one)}</text>
            </g>
          ))}
          {days.map((day, index) => (last - index) % step === 0 && <text key={day} x={x(index)} y={HEIGHT - 6} textAnchor="middle" fontSize="11" fill="var(--ink-3)">{apart(dayOf(day))}</text>)}
          {at !== null && <line x1={x(at)} x2={x(at)} y1={TOP} y2={HEIGHT - FOOT} stroke="var(--line-strong)" strokeDasharray="2 3" />}
          {series[0] && <path d={filled(series[0].values) ?? ''} fill="var(--brand)" opacity="0.1" />}
          {series.map((one, index) => <path key={one.name} d={stroke(one.values) ?? ''} fill="none" strokeLinecap="round" strokeLinejoin="round" {...strokeOf(index)} />).toReversed()}
          {series.map((one, index) => <circle key={one.name} cx={x(at ?? last)} cy={y(one.values[at ?? last] ?? 0)} r="4" fill={strokeOf(index).stroke} stroke="var(--surface)" strokeWidth="2" />).toReversed()}
        </svg>
      </div>
      <details className="mt-2 text-sm print:hidden">
        <summary className="inline-flex min-h-8 cursor-pointer items-center text-xs text-ink-3 hover:text-ink max-md:min-h-11">{t('chart.table')}</summary>
        <div className="mt-2 max-h-72 overflow-auto">
          <table className="w-full">
            <caption className="sr-only">{name}</caption>
            <thead><tr className="border-b border-line text-xs text-ink-3"><th scope="col" className="py-1.5 text-start font-medium">{t('chart.day')}</th>{series.map((one) => <th key={one.name} scope="col" className="py-1.5 text-end font-medium">{one.name}</th>)}</tr></thead>
            <tbody>{days.map((day, index) => <tr key={day} className="border-b border-line last:border-0"><th scope="row" className="py-1.5 text-start font-normal text-ink-2">{dayOf(day)}</th>{series.map((one) => <td key={one.name} className="num py-1.5 text-end">{format(one.values[index] ?? 0)}</td>)}</tr>)}</tbody>
          </table>
        </div>
      </details>
    </div>
  )
}

/** The shape of a few days, for the eye alone: the figure stands beside it. A day without an answer is passed over. */
export function Spark({ values, look }: { values: readonly (number | null)[]; look?: string }) {
  const { i18n } = useTranslation()
  const known = values.flatMap((value, index) => (value === null ? [] : [[index, value] as const]))
  const end = known.at(-1)
  if (known.length < 2 || !end) return null
  const across = scaleLinear().domain([0, values.length - 1]).range(isRightToLeft(i18n.language) ? [96, 4] : [4, 96])
  const [least, most] = [Math.min(...known.map((one) => one[1])), Math.max(...known.map((one) => one[1]))]
  const up = scaleLinear().domain([least - (most - least) / 3, most === least ? least + 1 : most]).range([29, 4])
  const points = { x: (one: (typeof known)[number]) => across(one[0]), y: (one: (typeof known)[number]) => up(one[1]) }
  return (
    <svg aria-hidden data-look={look} viewBox="0 0 100 32" preserveAspectRatio="none" className="block h-full w-full overflow-visible">
      <path d={area<(typeof known)[number]>(points.x, 31, points.y).curve(curveMonotoneX)(known) ?? ''} fill="var(--look, var(--brand))" opacity="0.12" />
      <path d={line<(typeof known)[number]>(points.x, points.y).curve(curveMonotoneX)(known) ?? ''} fill="none" stroke="var(--look, var(--brand))" strokeWidth="2" strokeLinecap="round" vectorEffect="non-scaling-stroke" />
    </svg>
  )
}
