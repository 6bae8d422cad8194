/** Pages that live: what is heard of makes their answers old, and they are asked again, not more than once a second. */

import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { EventName } from '@/api/house'
import { useHere } from '@/api/here'
import { hear, isElsewhere } from '@/api/live'

const PAUSE = 1_000
type Head<Name> = Name extends `${infer Area}.${infer Thing}.${string}` ? `${Area}.${Thing}.` : never
export type About = Head<EventName>

type Keys = readonly (readonly unknown[])[]

/** `about` are heads of event names; `keys` the beginnings of the questions that they make old. */
export const useFresh = (about: readonly About[], ...keys: Keys): void => useOld(about, keys, useHere()?.id)

/** For what is of all one's hotels. */
export const useFreshEverywhere = (about: readonly About[], ...keys: Keys): void => useOld(about, keys, null)

function useOld(about: readonly About[], keys: Keys, place: string | null | undefined): void {
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
    const isMine = (stream: string): boolean => place === null || !isElsewhere(stream, place)
    const stop = hear({ fact: (one, at) => isMine(at.stream) && heads.some((head) => one.type.includes(head)) && ask(), missed: ask })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [client, said, place])
}
