import i18n from 'i18next'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { api } from '@/api/client'
import { retold } from '@/lib/stored'
import en from '@/locales/en.json'
import fa from '@/locales/fa.json'
import { locale, moment } from '@/lib/i18n'
import { get } from '@/portal/api'

vi.mock('@/api/session', () => ({ token: async () => 'mine', again: async () => false, end: () => undefined }))

beforeAll(async () => void (await i18n.init({ lng: 'fa', resources: { en: { translation: en }, fa: { translation: fa } }, interpolation: { escapeValue: false } })))
afterEach(() => vi.unstubAllGlobals())

describe('a browser that does not know Pashto', () => {
  it('writes its dates and numbers as in Dari, not as in English', async () => {
    const known = (tags: string | readonly string[] | undefined) => [tags ?? []].flat().filter((tag) => !tag.startsWith('ps'))
    vi.spyOn(Intl.DateTimeFormat, 'supportedLocalesOf').mockImplementation((tags) => known(tags as string[]))
    await i18n.changeLanguage('ps')
    expect(locale()).toBe('fa-AF')
    expect(moment('2026-11-22T10:26:00Z', { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' })).toBe('۱۰:۲۶')
    await i18n.changeLanguage('fa')
    vi.restoreAllMocks()
  })
})

describe('the language of the page', () => {
  it('is asked of the server, so that its refusals are read', async () => {
    const asked: (string | null)[] = []
    const how = {
      baseUrl: 'http://test',
      fetch: async (request: Request) => {
        asked.push(request.headers.get('accept-language'))
        return Response.json({ items: [] })
      },
    }
    await api.GET('/api/v1/properties', how)
    await i18n.changeLanguage('en')
    await api.GET('/api/v1/properties', how)
    await i18n.changeLanguage('fa')
    expect(asked).toEqual(['fa', 'en'])
  })
  it('is asked by the pages of the code on the wall too', async () => {
    document.documentElement.lang = 'ps'
    const asked: unknown[] = []
    vi.stubGlobal('fetch', async (_: string, how: RequestInit) => {
      asked.push(new Headers(how.headers).get('accept-language'))
      return Response.json({})
    })
    await get('/places/x')
    expect(asked).toEqual(['ps'])
  })
})

describe('what is kept in English', () => {
  const t = i18n.t.bind(i18n)
  it('is told in the language of the page', () => {
    expect(retold('Late by 30 minutes (resolve).', t)).toBe('ترمیم نشده، ۳۰ دقیقه دیر.')
    expect(retold('Work order 1204 is resolved.', t)).toBe('ترمیم دستور کار 1204 انجام شد.')
    expect(retold('it waits for 3 h or more', t)).toBe('۳ ساعت یا بیشتر منتظر است')
    expect(retold('Room 12A needs a repair', t)).toBe('اتاق 12A ترمیم می‌خواهد')
  })
  it('stays as a person wrote it', () => {
    expect(retold('The guest has left. Call him.', t)).toBe('The guest has left. Call him.')
    expect(retold(null, t)).toBeNull()
  })
})
