/** What the server refuses, and what never reached it (RFC 9457). */

export interface Fault {
  pointer: string
  message: string
}

export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly faults: readonly Fault[]
  readonly more: Readonly<Record<string, unknown>>

  constructor(status: number, body: Record<string, unknown>) {
    super(typeof body.detail === 'string' ? body.detail : 'The server did not answer.')
    this.status = status
    this.code = typeof body.code === 'string' ? body.code : 'unknown'
    this.faults = Array.isArray(body.errors) ? (body.errors as Fault[]) : []
    this.more = body
  }

  /** No network, or nobody there: nothing was said about what was asked. */
  get unanswered(): boolean {
    return this.status === 0
  }

  /** Somebody else was faster, or it is no longer as it was. */
  get conflicts(): boolean {
    return this.status === 409 || this.status === 412
  }
}

export async function problemOf(answer: Response): Promise<Problem> {
  const body: unknown = await answer.json().catch(() => ({}))
  return new Problem(answer.status, typeof body === 'object' && body ? (body as Record<string, unknown>) : {})
}

export const unanswered = (): Problem => new Problem(0, { code: 'unanswered' })

/** Nobody waits longer for an answer; for one to a picture longer than to words. */
export const PATIENCE = { words: 30_000, picture: 120_000 }
