/** A second tap is no second command: what runs is run once, until it is done and the finger is away. */

import { useCallback, useRef, useState } from 'react'

/** So long a double tap takes: what stands under the finger by then may be another button. */
const TAP = 400

export function useOnce(): [isBusy: boolean, once: (run: () => Promise<void>) => Promise<void>] {
  const runs = useRef(false)
  const [isBusy, setBusy] = useState(false)
  const once = useCallback(async (run: () => Promise<void>): Promise<void> => {
    if (runs.current) return
    runs.current = true
    setBusy(true)
    try {
      await run()
    } finally {
      setTimeout(() => {
        runs.current = false
        setBusy(false)
      }, TAP)
    }
  }, [])
  return [isBusy, once]
}
