/** Commands that were sent and not answered: said once more in the same words, they go under the same key, and are done once. */

interface Doubt {
  key: string
  at: number
}
/** Later the same words are meant anew. */
const LONGEST = 600_000
const open = new Map<string, Doubt>()

/** The key of what is said; what says nothing (`start`, `pause`) is refused by the server itself where it was done already. */
export function keyOf(where: string, body: string, now = Date.now()): string {
  const said = `${where} ${body}`
  const old = open.get(said)
  const key = old && now - old.at < LONGEST ? old.key : crypto.randomUUID()
  if (body !== '' && body !== '{}') open.set(said, { key, at: now })
  return key
}

export function answered(key: string): void {
  for (const [said, one] of open) if (one.key === key) open.delete(said)
}

/** The form was left: whoever writes the same again means it. */
export const forgetDoubts = (): void => open.clear()
