/** Whether there is room for a table, or only for cards. */

import { useSyncExternalStore } from 'react'

const desk = matchMedia('(min-width: 48rem)')

export const useWide = (): boolean =>
  useSyncExternalStore((hear) => {
    desk.addEventListener('change', hear)
    return () => desk.removeEventListener('change', hear)
  }, () => desk.matches)
