/** This phone as a proof: a key that never leaves it signs the server's challenge; with the PIN that is two factors. */

import { openDB } from 'idb'
import { api, data } from '@/api/client'
import { enter } from '@/api/session'

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const
interface Enrolled {
  handle: string
  name: string
  key: CryptoKey
}

/** Not the database of the outbox: signing out wipes that one, and the phone stays enrolled. */
const shelf = () => openDB('serai-device', 1, { upgrade: (made) => void made.createObjectStore('phone') })
const base64 = (bytes: ArrayBuffer): string => btoa(String.fromCharCode(...new Uint8Array(bytes)))

export const enrolled = async (): Promise<Enrolled | undefined> => (await shelf()).get('phone', 'this') as Promise<Enrolled | undefined>

/** Somebody who may enrols the phone that they hold. */
export async function enrol(place: string, name: string): Promise<void> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(CURVE, false, ['sign', 'verify'])
  const body = { property_id: place, name, public_key: base64(await crypto.subtle.exportKey('spki', publicKey)) }
  const { handle } = await data(api.POST('/api/v1/phones', { body }))
  await (await shelf()).put('phone', { handle, name, key: privateKey } satisfies Enrolled, 'this')
}

export async function unenrol(): Promise<void> {
  await (await shelf()).delete('phone', 'this')
}

export async function signInByPin(login: string, pin: string): Promise<void> {
  const phone = await enrolled()
  if (!phone) throw new Error('this phone is not enrolled')
  const { challenge } = await data(api.POST('/api/v1/auth/challenge', { body: { phone: phone.handle } }))
  const signed = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, phone.key, Uint8Array.from(atob(challenge), (one) => one.codePointAt(0) ?? 0))
  enter(await data(api.POST('/api/v1/auth/pin', { body: { phone: phone.handle, login, pin, signature: base64(signed) } })))
}
