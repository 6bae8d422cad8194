import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const SRC = join(import.meta.dirname, '../src')
type Tree = { [key: string]: string | Tree }

function flat(tree: Tree, before = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') found.set(before + key, value)
    else for (const [name, text] of flat(value, `${before}${key}.`)) found.set(name, text)
  }
  return found
}

const PLURAL = /_(zero|one|two|few|many|other)$/
const read = (language: string): Map<string, string> => flat(JSON.parse(readFileSync(join(SRC, `locales/${language}.json`), 'utf8')) as Tree)
const names = (words: Map<string, string>): string[] => [...new Set([...words.keys()].map((one) => one.replace(PLURAL, '')))].toSorted()
const holes = (text: string): string[] => (text.match(/\{\{\w+/g) ?? []).toSorted()
const files = (folder: string, end: RegExp): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((one) => end.test(one) && !one.includes('.gen.')).map((one) => join(folder, one))
const en = read('en')

describe.each(['fa', 'ps', 'ur', 'ar'])('%s', (language) => {
  const words = read(language)
  it('says all that English says, and nothing else', () => expect(names(words)).toEqual(names(en)))
  it('has every plural of its grammar', () => {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    for (const one of en.keys()) {
      if (one.endsWith('_other')) for (const form of needed) expect(words.has(one.replace(PLURAL, `_${form}`)), `${one} ${form}`).toBe(true)
    }
  })
  it('fills the same holes', () => {
    for (const [key, text] of words) {
      const model = holes(en.get(key.replace(PLURAL, '_other')) ?? en.get(key) ?? '')
      if (PLURAL.test(key)) expect(model, key).toEqual(expect.arrayContaining(holes(text)))
      else expect(holes(text), key).toEqual(model)
    }
  })
})

describe('sources', () => {
  const sources = files(SRC, /\.tsx?$/).map((path) => [path, readFileSync(path, 'utf8')] as const)
  it('turn round with the writing: no left, no right', () => {
    const physical = /(?:^|[\s"'`:])-?(?:m[lr]|p[lr]|left|right|border-[lr]|rounded-[lr]|text-(?:left|right))-?(?:\d|\[|auto|px|$)/m
    expect(sources.filter(([, text]) => physical.test(text)).map(([path]) => path)).toEqual([])
  })
  it('point by signs that turn round too', () => {
    const keys = '← ↑ → ↓'
    expect(sources.filter(([, text]) => /[→←]/.test(text.replaceAll(keys, ''))).map(([path]) => path)).toEqual([])
  })
  it('ask only for words that there are', () => {
    const known = new Set(names(en))
    const asked = sources.flatMap(([path, text]) => [...text.matchAll(/\bt\('([\w.-]+)'/g)].map((one) => [path, one[1] ?? '']))
    expect(asked.length).toBeGreaterThan(30)
    expect(asked.filter(([, key]) => !known.has(key ?? ''))).toEqual([])
  })
})
