interface Kind {
  /** What the help calls such files. */
  what: string
  /** The ends of file names that say by themselves that it is this kind. */
  endings: readonly string[]
}

/** Every kind of file that can be imported, in the order in which the help lists them. */
export const importKinds = {
  capture: { what: 'captures of pages (plain text)', endings: [] },
  markdown: { what: 'Markdown with front matter', endings: ['.md', '.markdown'] },
  page: { what: 'saved pages', endings: ['.html', '.htm', '.xhtml'] },
  feed: { what: 'feeds (RSS, Atom, JSON Feed)', endings: [] },
  wordpress: { what: 'WordPress exports (.xml)', endings: [] },
  json: { what: 'articles as JSON (.json)', endings: [] },
  ndjson: { what: 'what export wrote', endings: ['.ndjson', '.jsonl'] },
} as const satisfies Record<string, Kind>

/** What a file is, and so which reader reads it. */
export type ImportKind = keyof typeof importKinds

/** The lines of the help that name what can be imported. */
export const kindLines: readonly string[] = Object.values(importKinds).map(({ what, endings }) =>
  endings.length === 0 ? what : `${what} (${endings.join(', ')})`,
)

/** The kind that the end of a file's name, in lower case, says by itself. */
export function kindOfEnding(ending: string): ImportKind | undefined {
  const kinds = Object.entries(importKinds) as [ImportKind, Kind][]
  return kinds.find(([, { endings }]) => endings.includes(ending))?.[0]
}
