/** The time of the server: a cheap phone's own clock may be minutes wrong, and what is done without a network needs the true one. */

const KEPT = 'serai.skew'
const ROUGH = 2_000
let skew = Number(localStorage.getItem(KEPT) ?? 0)

/** As an answer of the server says it; its header knows whole seconds alone. */
export function heardAt(date: string | null): void {
  if (!date) return
  const far = Date.parse(date) - Date.now()
  const next = Math.abs(far) > ROUGH ? far : 0
  if (Math.abs(next - skew) > ROUGH || next === 0) {
    skew = next
    localStorage.setItem(KEPT, String(skew))
  }
}

export const there = (): Date => new Date(Date.now() + skew)
