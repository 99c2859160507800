import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sourceDigest } from '../src/render/digest.ts'
import { formats } from '../src/render/formats.ts'
import { letters, writtenText } from '../test/render/mail/letters.ts'
import { behaviours } from '../test/render/samples.ts'
import { digestFile, digestOfRenderers, renderDigests } from './renderer-digest.ts'

const root = join(import.meta.dirname, '..')

for (const [behaviour, feed] of Object.entries(behaviours)) {
  for (const { format, render } of formats) {
    writeFileSync(join(root, 'fixtures', 'golden', `${behaviour}.${format}`), render(feed))
  }
}

for (const [name, letter] of Object.entries(letters)) {
  writeFileSync(join(root, 'fixtures', 'mails', `${name}.txt`), writtenText(letter))
  writeFileSync(join(root, 'fixtures', 'mails', `${name}.html`), letter.html)
}

const digest = digestOfRenderers()
if (digest !== sourceDigest) writeFileSync(digestFile, renderDigests(digest, digest))
