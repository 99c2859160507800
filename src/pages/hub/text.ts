import { feedAddress, type Site } from '../../domain/site.ts'
import { specification } from './page.tsx'

/** An example of a request to the hub, as a command line. */
export const exampleOf = (site: Site, hub: string): string => `curl ${hub} \\
  -d hub.mode=subscribe \\
  -d hub.topic=${feedAddress(site, { path: '' }, 'atom')} \\
  -d hub.callback=https://reader.example/callback`

/** Renders the explanation that a program gets at the hub's address. */
export function renderHubText({ site, example }: { site: Site; example: string }): string {
  return `This is the WebSub hub of ${site.title}. It tells subscribers of every change in the feeds of ${site.url}.

${example.replaceAll(/^/gm, '  ')}

How it works: ${specification}
`
}
