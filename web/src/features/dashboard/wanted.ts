/** What may stand in the dashboard's address. Apart, as the first page of all knows it: calendars are not for there. */

export const PERIODS = [7, 14, 30] as const
export type Period = (typeof PERIODS)[number]
export interface Wanted {
  days?: Period
  /** On a screen on the wall: the page alone. */
  kiosk?: 'yes'
}
export const periodOf = (text: unknown): Period => PERIODS.find((one) => one === Number(text)) ?? 7
