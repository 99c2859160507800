import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { formats } from '../src/render/formats.ts'
import { behaviours } from '../test/render/samples.ts'
import { digestOfRenderers } from './renderer-digest.ts'

const root = join(import.meta.dirname, '..')

for (const [behaviour, feed] of Object.entries(behaviours)) {
  for (const { format, render } of formats) {
    writeFileSync(join(root, 'fixtures', 'golden', `${behaviour}.${format}`), render(feed))
  }
}

writeFileSync(
  join(root, 'src', 'render', 'digest.ts'),
  `/** Of the source of everything that makes bytes; \`npm run golden\` writes it, a test compares it. */
export const rendererDigest = '${digestOfRenderers()}'
`,
)
