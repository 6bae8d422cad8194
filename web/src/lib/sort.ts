/** Names with numbers in them, as people count: 9 before 10, floor B before floor 1 where letters come first. */
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
export const natural = (one: string, other: string): number => collator.compare(one, other)

/** Things by what they have in common, in the order in which they come. */
export function groups<T, K>(items: readonly T[], of: (one: T) => K): Map<K, T[]> {
  const found = new Map<K, T[]>()
  for (const one of items) {
    const key = of(one)
    const there = found.get(key)
    if (there) there.push(one)
    else found.set(key, [one])
  }
  return found
}
