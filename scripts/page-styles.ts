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

const sheet = (files: readonly string[]): string =>
  JSON.stringify(packed(files.map((file) => readFileSync(join(pages, file), 'utf8')).join('\n')))

/** The TypeScript module that holds the stylesheets of pages for the Worker. */
export const renderPageStyles =
  (): string => `/** The stylesheets of pages, made of the .css files in their folders by \`npm run bundle\`; a test compares it. */
import { elementStyles } from '../element/bundle.ts'

/** What all pages share, the share element's styles first. */
export const styles = elementStyles.text.trim() + ${sheet(sheets.styles)}
/** What the pages about feeds have beside that. */
export const feedStyles = ${sheet(sheets.feedStyles)}
/** What the share menu has beside that. */
export const shareMenuStyles = ${sheet(sheets.shareMenuStyles)}
/** The card in a frame, which has nothing else. */
export const embedStyles = ${sheet(sheets.embedStyles)}
`
