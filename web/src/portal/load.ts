/** What a page shows: asked once, again when the network is back, and from time to time while somebody looks. */

import { useCallback, useEffect, useState } from 'preact/hooks'
import { get, type Trouble, troubleOf } from '@/portal/api'

interface Loaded<T> {
  found?: T
  trouble?: Trouble
  at?: Date
}

export interface Loading<T> extends Loaded<T> {
  again: () => void
  put: (found: T) => void
}

export function useLoad<T>(path: string, every = 0): Loading<T> {
  const [state, set] = useState<Loaded<T>>({})
  const put = useCallback((found: T) => set({ found, at: new Date() }), [])
  const load = useCallback(async () => {
    try {
      put(await get<T>(path))
    } catch (error) {
      const trouble = troubleOf(error)
      // What was seen stays, unless the server says that it is no more.
      set((before) => (trouble.isOpen ? { ...before, trouble } : { trouble }))
    }
  }, [path, put])
  const again = useCallback(() => {
    set(({ found, at }) => (found ? { found, at } : {}))
    void load()
  }, [load])

  useEffect(() => {
    void load()
    addEventListener('online', again)
    return () => removeEventListener('online', again)
  }, [load, again])

  useEffect(() => {
    if (!every) return undefined
    let last = Date.now()
    const look = () => {
      if (document.visibilityState !== 'visible' || Date.now() - last < every) return
      last = Date.now()
      void load()
    }
    const timer = setInterval(look, Math.min(every, 5000))
    document.addEventListener('visibilitychange', look)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [load, every])

  return { ...state, again, put }
}
