import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rendererDigest } from '../src/render/digest.ts'
import { formats } from '../src/render/formats.ts'
import { behaviours } from '../test/render/samples.ts'
import { digestOfRenderers } from './renderer-digest.ts'

/*
 * Writes the golden files and the digest in every validator, which is new with each change of the renderers' source.
 * With `--same-bytes`, for a change that moves or renames only, the validators stay; it fails when a golden file changes.
 */

const root = join(import.meta.dirname, '..')
const isSameBytes = process.argv.includes('--same-bytes')

const golden = Object.entries(behaviours).flatMap(([behaviour, feed]) =>
  formats.map(({ format, render }) => ({
    path: join(root, 'fixtures', 'golden', `${behaviour}.${format}`),
    text: render(feed),
  })),
)
const changed = golden.filter(({ path, text }) => !existsSync(path) || readFileSync(path, 'utf8') !== text)
if (isSameBytes && changed.length > 0) {
  throw new Error(`These bytes are not the same: ${changed.map(({ path }) => path).join(', ')}`)
}
for (const { path, text } of changed) writeFileSync(path, text)

const digest = digestOfRenderers()
writeFileSync(
  join(root, 'src', 'render', 'digest.ts'),
  `/** The renderers' part of every validator: it changes when the bytes of feeds and pages may. */
export const rendererDigest = '${isSameBytes ? rendererDigest : digest}'
/** The source that gives those bytes; \`npm run golden\` writes both, a test compares this one. */
export const sourceDigest = '${digest}'
`,
)
