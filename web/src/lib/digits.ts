/** Digits of Dari, Pashto, Urdu and Arabic keyboards as the doors and the telephones have them. */

const DIGITS = /[۰-۹٠-٩]/g

export const latin = (text: string): string => text.replace(DIGITS, (one) => String(one.charCodeAt(0) & 0xf))

/** As it is looked for: 101 is found by ۱۰۱. */
export const plain = (text: string): string => latin(text).trim().toLowerCase()

/** A number as people write it; NaN where it is none. */
export function numeric(text: string): number {
  const written = latin(text).replace(/[\s٬]/g, '').replace('٫', '.')
  return /^-?(\d+\.?\d*|\.\d+)$/.test(written) ? Number(written) : Number.NaN
}

const NUMBER = /^\+[1-9]\d{5,14}$/

/** A telephone number as people write it, made into what every phone understands; null where the country is missing. */
export function dialled(text: string): string | null {
  const phone = latin(text).replace(/[\s().-]/g, '').replace(/^00/, '+')
  return NUMBER.test(phone) ? phone : null
}
