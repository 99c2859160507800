import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const pages = join(import.meta.dirname, '..', 'src', 'pages')

/**
 * Shortens a stylesheet for pages: removes comments, white space and leading zeros. The pages'
 * Content-Security-Policy contains a hash of the result. No minifier is used, because a new version of a
 * minifier might change the result, and a changed result has another hash.
 */
export const packed = (css: string): string =>
  css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .trim()
    .replace(/\s*([{};:,])\s+/g, '$1')
    .replace(/(?<![\w.])0\.(?=\d)/g, '.')
    .replaceAll(' / ', '/')

/** The files of the styles that all pages share, in the order of the cascade. */
const shared = ['base', 'masthead', 'roles', 'article', 'controls', 'list', 'footer', 'media'].map(
  (name) => `parts/styles/${name}.css`,
)

/**
 * The stylesheets of pages: the name of each export in src/pages/bundle.ts, with the files from which the
 * stylesheet is made.
 */
export const sheets = {
  styles: shared,
  feedStyles: ['feed/styles.css'],
  shareMenuStyles: ['share-menu/styles.css'],
  notifyStyles: ['notify/styles.css'],
  commentStyles: ['comments/styles.css'],
  embedStyles: ['embed/styles.css'],
}

const textOf = (files: readonly string[]): string =>
  packed(files.map((file) => readFileSync(join(pages, file), 'utf8')).join('\n'))

/**
 * Returns a stylesheet as TypeScript code. If `before` is given, the code puts the value of the variable
 * `before.name` in front of the stylesheet; `before.text` is that value, and the hash includes it.
 */
function sheet(files: readonly string[], before?: { name: string; text: string }): string {
  const text = textOf(files)
  const hash = createHash('sha256')
    .update((before?.text ?? '') + text)
    .digest('base64')
  const written = [before?.name ?? [], JSON.stringify(text)].flat().join(' + ')
  return `{ text: ${written}, hash: 'sha256-${hash}' }`
}

/**
 * Returns the TypeScript module with the stylesheets of pages. The stylesheet that all pages share begins with
 * the given styles of the share element.
 */
export const renderPageStyles = (
  elementStyles: string,
): string => `/** The stylesheets of all pages, generated from the .css files in src/pages by \`npm run bundle\`. A test checks that they match these files. */
import { elementStyles } from '../element/bundle.ts'

/** The text of a stylesheet, and its hash for the Content-Security-Policy. */
export interface Stylesheet {
  text: string
  hash: string
}

/** The stylesheet that all pages share; it begins with the styles of the share element. */
export const styles: Stylesheet = ${sheet(sheets.styles, { name: 'elementStyles.text.trim()', text: elementStyles.trim() })}
/** The stylesheet that the pages about feeds use in addition to \`styles\`. */
export const feedStyles: Stylesheet = ${sheet(sheets.feedStyles)}
/** The stylesheet that the page of the share menu uses in addition to \`styles\`. */
export const shareMenuStyles: Stylesheet = ${sheet(sheets.shareMenuStyles)}
/** The stylesheet that the pages and forms about notifications use in addition to \`styles\`. */
export const notifyStyles: Stylesheet = ${sheet(sheets.notifyStyles)}
/** The stylesheet that the pages about comments use in addition to \`styles\`. */
export const commentStyles: Stylesheet = ${sheet(sheets.commentStyles)}
/** The stylesheet of the card that other sites embed in a frame; the card does not use \`styles\`. */
export const embedStyles: Stylesheet = ${sheet(sheets.embedStyles)}
`
