/**
 * What an import says about an article besides its fields. `run` is the number of the import. `path` is the origin of the article:
 * the path of its file relative to the folder of the import; absent if the file contains several articles. `replace`: the article
 * also replaces a stored article of which it is doubtful whether it is the same. `whole`: what the article leaves out is removed
 * from the stored article, because a backup has all fields of an article. `repeats`: an earlier article of the import has the same
 * id, or, if it has none, the same title and about the same date. `guessesLanguage`: the language of the article was guessed, so a
 * stored article keeps its own. `notify`: people are told of the article, as of one that is not imported. `keepsDate`: the date of
 * publication is only for a new article; a stored article keeps its own.
 */
export interface FromImport {
  run: number
  path?: string
  replace?: boolean
  whole?: boolean
  repeats?: boolean
  guessesLanguage?: boolean
  keepsDate?: boolean
  notify?: boolean
}

export const maxOriginCharacters = 1000

/**
 * What the store is asked about an article of an import: the articles with this id, this origin or this slug. With `published`
 * (epoch milliseconds), also those with the slug and a number (`meteo-2`) that were published within two days of this instant.
 */
export interface WantedArticle {
  id: string | null
  path: string | null
  slug: string
  published: number | null
}

/**
 * A stored article (`Stored`), the path of the file from which it was imported, and the number of the import. `isUndone`: the last
 * import had created the article, was taken back, and nobody has saved the article since.
 */
export interface KnownArticle<Stored> {
  found: Stored
  path?: string
  run?: number
  isUndone?: boolean
}

/**
 * An article of the last import, as it is stored now. `former` is the JSON of the article before the import; undefined if the
 * import created the article. `revision` is the revision of the import's last save of the article, or of the last end of an
 * embargo or expiry since then, if nobody has saved the article in between. `wasShown`: the article is or was public.
 */
export interface ImportedArticle<Stored> {
  found: Stored
  former?: string
  revision: number
  wasShown: boolean
}

/** The path of the file from which an article was imported. */
export interface ArticleOrigin {
  id: string
  path: string
}

/** The part of the store that imports need besides the articles; `Stored` is a stored article as the store returns it. */
export interface ImportStore<Stored> {
  /** Returns the stored articles that one of the wanted articles may be, in no particular order. */
  findImported(wanted: readonly WantedArticle[]): Promise<KnownArticle<Stored>[]>
  /** Writes the origins of articles that an import has not changed, unless they have one. */
  addOrigins(origins: readonly ArticleOrigin[]): Promise<void>
  /**
   * Returns the number of an import that begins now. If the last import has the same files (`files` is a hash of their names and
   * texts) and is not complete, the import goes on under its number.
   */
  openImport(files: string): Promise<{ run: number; goesOn: boolean }>
  /**
   * Returns articles of the last import that changed anything, in the order of their ids, from those after the id `after` on; none
   * if that import was taken back. Articles that were deleted since are left out.
   */
  lastImport(after: string, limit: number): Promise<ImportedArticle<Stored>[]>
  /** Marks an import as complete. Does nothing if another import has begun since. */
  completeImport(run: number): Promise<void>
}
