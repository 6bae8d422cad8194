/** Ids as the API writes them: `stf_` and the number in Crockford's base 32. */

const SIGNS = '0123456789abcdefghjkmnpqrstvwxyz'

/** The id of a thing whose plain number a journal's entry gives. */
export function typed(prefix: string, uuid: string): string {
  let left = BigInt(`0x${uuid.replaceAll('-', '')}`)
  let text = ''
  for (let n = 0; n < 26; n += 1) {
    text = SIGNS.charAt(Number(left & 31n)) + text
    left >>= 5n
  }
  return `${prefix}_${text}`
}

/** Whose an access token is. */
export function holder(token: string): string {
  try {
    const { sub } = JSON.parse(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'))) as { sub: string }
    return typed('stf', sub)
  } catch {
    return ''
  }
}
