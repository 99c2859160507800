import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const folders = ['src/element', 'src/domain', 'src/render', 'src/pages', 'src/share']
const libraries = ['feed', 'hono', 'uqr']

/** A digest of the source and of the libraries' versions on which the bytes of feeds and pages depend. */
export function digestOfRenderers(): string {
  const hash = createHash('sha256')
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.\w+$/.test(name))
      .map((name) => `${folder}/${name}`),
  )
  for (const file of files.filter((name) => name !== 'src/render/digest.ts').sort()) {
    hash.update(`${file}\0${readFileSync(join(root, file), 'utf8')}\0`)
  }
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  for (const library of libraries) hash.update(`${library}@${dependencies[library]}`)
  return hash.digest('hex').slice(0, 8)
}

/** The file with the digest that every ETag contains. */
export const digestFile = join(root, 'src', 'render', 'digest.ts')

/** Returns the text of `src/render/digest.ts`: the digest for ETags, and the digest of the present source code. */
export const renderDigests = (
  rendererDigest: string,
  sourceDigest: string,
): string => `/** The part of every ETag that changes when the bytes of feeds and pages may have changed: a digest of the renderers. */
export const rendererDigest = '${rendererDigest}'
/** The digest of the renderers' present source code, with which a test compares it. \`npm run golden\` writes \`rendererDigest\` and this digest. */
export const sourceDigest = '${sourceDigest}'
`
