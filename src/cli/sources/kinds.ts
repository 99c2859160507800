interface Kind {
  /** The name of this kind of file in the help. */
  what: string
  /** The endings of file names that identify the kind. */
  endings: readonly string[]
  /** Whether a file of this kind may contain several articles. A file beside it then supplies no fields. */
  hasMany?: boolean
}

/** All kinds of file that can be imported, in the order in which the help lists them. */
export const importKinds = {
  capture: { what: 'captures (web pages saved as plain text)', endings: [] },
  markdown: { what: 'Markdown with front matter', endings: ['.md', '.markdown'] },
  page: { what: 'web pages saved as HTML', endings: ['.html', '.htm', '.xhtml'] },
  feed: { what: 'feeds (RSS, Atom, JSON Feed)', endings: [], hasMany: true },
  wordpress: { what: 'WordPress exports (.xml)', endings: [], hasMany: true },
  json: { what: 'articles as JSON (.json)', endings: [] },
  ndjson: { what: 'backups that `kiosque export` wrote', endings: ['.ndjson', '.jsonl'], hasMany: true },
} as const satisfies Record<string, Kind>

/** The kind of a file to import. The kind decides which function reads the file. */
export type ImportKind = keyof typeof importKinds

/** Tells whether a file of this kind may contain several articles. */
export const hasManyArticles = (kind: ImportKind): boolean => (importKinds[kind] as Kind).hasMany === true

/** Returns the lines of the help that list what can be imported. */
export const kindLines: readonly string[] = Object.values(importKinds).map(({ what, endings }) =>
  endings.length === 0 ? what : `${what} (${endings.join(', ')})`,
)

/**
 * Returns the kind of file that a lower-case ending of a file name identifies; undefined if the ending does not
 * identify a kind.
 */
export function kindOfEnding(ending: string): ImportKind | undefined {
  const kinds = Object.entries(importKinds) as [ImportKind, Kind][]
  return kinds.find(([, { endings }]) => endings.includes(ending))?.[0]
}
