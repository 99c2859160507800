import type { Part, Story } from './part.ts'
import { isolatedLine, plainLine } from './plain-line.ts'

/** Writes a letter as plain text. Lines are not broken, because mail programs break them at the width of the screen. */
export function textOf(site: { title: string }, parts: readonly Part[], foot: readonly Part[]): string {
  const blocks = [plainLine(site.title), ...parts.map(blockOf)]
  // The delimiter of a signature (`-- `) would be wrong here: some mail programs hide what follows it, and here follow the links.
  return `${blocks.join('\n\n')}\n\n———\n\n${foot.map(blockOf).join('\n\n')}\n`
}

function blockOf(part: Part): string {
  switch (part.kind) {
    case 'heading':
    case 'paragraph':
      return plainLine(part.text)
    case 'quote':
      // Each line is marked, so that no stranger's text looks like a text of the site.
      return part.paragraphs.map((one) => `> ${plainLine(one)}`).join('\n>\n')
    case 'list':
      return part.items
        .map(({ name, detail }) => `- ${[isolatedLine(name), plainLine(detail)].filter(Boolean).join(' · ')}`)
        .join('\n')
    case 'action':
    case 'link':
      return `${plainLine(part.text)}\n${part.url}`
    case 'story':
      return storyOf(part.story)
  }
}

/** The address of an only story is left out, because the link to read it follows. */
function storyOf({ kicker, title, url, note, summary, credits, isOnly }: Story): string {
  const lines = [...[kicker, title, note, summary].map(plainLine), credits, isOnly ? '' : url]
  return lines.filter((line) => line !== '').join('\n')
}
