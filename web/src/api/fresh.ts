/** Pages that live: what is heard of makes their answers old, and they are asked again, not more than once a second. */

import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { EventName } from '@/api/house'
import { hear } from '@/api/live'

const PAUSE = 1_000
type Head<Name> = Name extends `${infer Area}.${infer Thing}.${string}` ? `${Area}.${Thing}.` : never
export type About = Head<EventName>

/** `about` are heads of event names; `key` the beginning of the questions that they make old. */
export function useFresh(about: readonly About[], ...keys: readonly (readonly unknown[])[]): void {
  const client = useQueryClient()
  const said = JSON.stringify([about, keys])
  useEffect(() => {
    const [heads, questions] = JSON.parse(said) as [string[], unknown[][]]
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined
        for (const queryKey of questions) void client.invalidateQueries({ queryKey })
      }, PAUSE)
    }
    const stop = hear({ fact: (one) => heads.some((head) => one.type.includes(head)) && ask(), missed: ask })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [client, said])
}
