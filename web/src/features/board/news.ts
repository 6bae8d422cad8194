/** Keeps the board as the house is: a lone change shows at once, a hundred a second make eight new boards a second. */

import { useEffect } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import type { Board } from '@/api/queries'
import { fold, isAboutBoard, isAboutRoom } from '@/features/board/fold'
import { hear, isElsewhere, type Fact } from '@/api/live'

const BETWEEN = 125
const REREAD = 1_500

export function useNews(place: string): void {
  const client = useQueryClient()
  useEffect(() => {
    const key = ['board', place]
    const waiting = new Map<string, Fact>()
    let last = 0
    let flushing: ReturnType<typeof setTimeout> | undefined
    let rereading: ReturnType<typeof setTimeout> | undefined

    const flush = (): void => {
      flushing = undefined
      last = performance.now()
      client.setQueryData<Board>(key, (old) => old && fold(old, waiting))
      waiting.clear()
    }
    const reread = (): void => {
      rereading ??= setTimeout(() => {
        rereading = undefined
        void client.invalidateQueries({ queryKey: key })
      }, REREAD)
    }
    // Nobody kept it while it was not looked at, however short that was.
    if (client.getQueryState(key)?.fetchStatus === 'idle') void client.invalidateQueries({ queryKey: key })
    const stop = hear({
      fact(fact, at) {
        if (isElsewhere(at.stream, place)) return
        if (isAboutRoom(fact)) {
          waiting.set(String(fact.data.id), fact)
          flushing ??= setTimeout(flush, Math.max(0, BETWEEN - (performance.now() - last)))
          void client.invalidateQueries({ queryKey: ['room', fact.data.id] })
        }
        if (isAboutBoard(fact)) reread()
      },
      missed: () => void client.invalidateQueries({ queryKey: key }),
    })
    return () => {
      stop()
      clearTimeout(flushing)
      clearTimeout(rereading)
    }
  }, [client, place])
}
