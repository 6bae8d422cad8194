/** Digits of Dari, Pashto, Urdu and Arabic keyboards as the doors and the telephones have them. */

const DIGITS = /[۰-۹٠-٩]/g

export const latin = (text: string): string => text.replace(DIGITS, (one) => String(one.charCodeAt(0) & 0xf))
