import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const pages = join(import.meta.dirname, '..', 'src', 'pages')

/**
 * Packs a stylesheet for pages: without comments, white space and leading zeros. The pages'
 * Content-Security-Policy contains a hash of the result, so the packing must not change with the version of a
 * minifier.
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

/** Every stylesheet of pages, by the name of its export, with its files. */
export const sheets = {
  styles: shared,
  feedStyles: ['feed/styles.css'],
  shareMenuStyles: ['share-menu/styles.css'],
  embedStyles: ['embed/styles.css'],
}

const textOf = (files: readonly string[]): string =>
  packed(files.map((file) => readFileSync(join(pages, file), 'utf8')).join('\n'))

/** A stylesheet as TypeScript code. The text of `before`, which the module has under that name, precedes the text of the files. */
function sheet(files: readonly string[], before?: { name: string; text: string }): string {
  const text = textOf(files)
  const hash = createHash('sha256')
    .update((before?.text ?? '') + text)
    .digest('base64')
  const written = [before?.name ?? [], JSON.stringify(text)].flat().join(' + ')
  return `{ text: ${written}, hash: 'sha256-${hash}' }`
}

/** The TypeScript module that holds the stylesheets of pages for the Worker, among them the given styles of the share element. */
export const renderPageStyles = (
  elementStyles: string,
): string => `/** The stylesheets of pages, made of the .css files in their folders by \`npm run bundle\`; a test compares it. */
import { elementStyles } from '../element/bundle.ts'

/** The text of a stylesheet, and the hash by which policies name it. */
export interface Stylesheet {
  text: string
  hash: string
}

/** What all pages share, the share element's styles first. */
export const styles: Stylesheet = ${sheet(sheets.styles, { name: 'elementStyles.text.trim()', text: elementStyles.trim() })}
/** What the pages about feeds have beside that. */
export const feedStyles: Stylesheet = ${sheet(sheets.feedStyles)}
/** What the share menu has beside that. */
export const shareMenuStyles: Stylesheet = ${sheet(sheets.shareMenuStyles)}
/** The card in a frame, which has nothing else. */
export const embedStyles: Stylesheet = ${sheet(sheets.embedStyles)}
`
