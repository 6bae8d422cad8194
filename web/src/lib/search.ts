/** What may stand in the address of a page: these words, nothing else. */

type Texts<Name extends string> = Partial<Record<Name, string>>

export const texts = <Name extends string>(...names: Name[]) => (search: Record<string, unknown>): Texts<Name> =>
  Object.fromEntries(names.filter((one) => typeof search[one] === 'string' && search[one] !== '').map((one) => [one, search[one] as string])) as Texts<Name>

/** Some values of one word of the address: `state=open.blocked`. */
export const several = <T extends string>(text: string | undefined, known: readonly T[]): T[] => {
  const said = new Set(text?.split('.'))
  return known.filter((one) => said.has(one))
}
