/** What a browser calls itself is long, and says much that is not so: its own name and the system's are enough. */

const BROWSERS = [[/Edg[A-Z]*\//, 'Edge'], [/OPR\//, 'Opera'], [/SamsungBrowser\//, 'Samsung Internet'], [/Firefox\/|FxiOS\//, 'Firefox'], [/Chrome\/|CriOS\//, 'Chrome'], [/Safari\//, 'Safari']] as const
const SYSTEMS = [[/Android/, 'Android'], [/iPhone/, 'iPhone'], [/iPad/, 'iPad'], [/Windows/, 'Windows'], [/Mac OS X/, 'Mac'], [/CrOS/, 'ChromeOS'], [/Linux/, 'Linux']] as const

export function deviceName(text: string | null | undefined): string | null {
  if (!text) return null
  const found = [BROWSERS, SYSTEMS].flatMap((all) => all.find(([is]) => is.test(text))?.[1] ?? [])
  return found.length > 0 ? found.join(' · ') : text
}
