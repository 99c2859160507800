import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { rfc3339 } from '../src/domain/instant.ts'
import { renderMarkdown, type Section } from './table.ts'

const file = join(import.meta.dirname, 'RESULTS.md')

/**
 * Writes a section into RESULTS.md, with the date and the versions. The section replaces the former section of
 * the same name. Sections that this run did not measure stay unchanged.
 */
export function writeResult(name: string, section: Section, tool: string): void {
  const parts = new Map([...readParts(), [name, partOf(section, tool)]])
  const opening = `# Results\n\nWritten by \`npm run bench\` and \`npm run soak\`; README.md says how to read them.\n`
  const text = [...parts].map(([name, part]) => `<!-- ${name} -->\n${part}`)
  writeFileSync(file, [opening, ...text].join('\n'))
}

function readParts(): [string, string][] {
  if (!existsSync(file)) return []
  const [, ...parts] = readFileSync(file, 'utf8').split(/^<!-- /m)
  return parts.map((part) => {
    const [name = '', ...rest] = part.split(' -->\n')
    return [name, rest.join(' -->\n').trimEnd().concat('\n')]
  })
}

const partOf = (section: Section, tool: string): string =>
  `${renderMarkdown(section)}\n${rfc3339(Date.now())
    .replace('T', ' ')
    .replace(/:\d\dZ/, ' UTC')}; ${machine()}; ${versions(tool)}\n`

/** The machine's load before the bench. If it exceeds the number of cores, other work disturbs the measurements. */
const [loadBefore = 0] = loadavg()

const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}, ` +
  `load average before it ${loadBefore.toFixed(1)}`

const versions = (tool: string): string =>
  [
    ...['workerd', 'miniflare', 'wrangler', 'hono', 'feed'].map((name) => `${name} ${versionOf(name)}`),
    `Node ${process.versions.node}`,
    tool,
  ].join(', ')

const versionOf = (name: string): string =>
  JSON.parse(readFileSync(join(import.meta.dirname, '..', 'node_modules', name, 'package.json'), 'utf8'))
    .version
