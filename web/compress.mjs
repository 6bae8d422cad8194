// Beside every file that shrinks: itself as gzip and as brotli, made once here instead of at every request.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const SMALL = 512
const WORTH = 0.9
const files = readdirSync(process.argv[2], { recursive: true })
  .map((name) => join(process.argv[2], name))
  .filter((name) => /\.(js|css|html|svg|json|webmanifest)$/.test(name) && statSync(name).size > SMALL)
for (const name of files) {
  const plain = readFileSync(name)
  const ways = {
    br: brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    gz: gzipSync(plain, { level: 9 }),
  }
  for (const [end, packed] of Object.entries(ways)) {
    if (packed.length < plain.length * WORTH) writeFileSync(`${name}.${end}`, packed)
  }
}
