import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { settings } from '../src/config/settings.ts'

/** Makes the text of docs/configuration.md from the table of settings. */
export function configurationPage(): string {
  const rows = Object.values(settings).map(
    ({ name, default: fallback, help }) =>
      `| \`${name}\` | ${fallback === '' ? '–' : `\`${fallback}\``} | ${help} |`,
  )
  return `# Configuration

Every setting is a variable of the Worker, either in \`[vars]\` of wrangler.toml or as a secret
(\`npx wrangler secret put NAME\`). If a setting has an invalid value, every answer is a 503 that names the
setting. \`npm run docs\` makes this page from \`src/config/settings.ts\`.

| setting | default | meaning |
|---|---|---|
${rows.join('\n')}
`
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(join(import.meta.dirname, '../docs/configuration.md'), configurationPage())
}
