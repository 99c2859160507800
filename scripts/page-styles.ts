import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const pages = join(import.meta.dirname, '..', 'src', 'pages')

/**
 * A stylesheet as pages hold it: without comments, white space and leading zeros. Policies name this very text, so
 * what it makes of a file must not change by itself, as that of a minifier does.
 */
export const packed = (css: string): string =>
  css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .trim()
    .replace(/\s*([{};:,])\s+/g, '$1')
    .replace(/(?<![\w.])0\.(?=\d)/g, '.')
    .replaceAll(' / ', '/')

/** What all pages share, in the order of the cascade. */
const shared = ['base', 'masthead', 'roles', 'article', 'controls', 'list', 'footer', 'media'].map(
  (name) => `parts/styles/${name}.css`,
)

/** Every stylesheet of pages, each in the text that holds it. */
export const sheets = {
  styles: shared,
  feedStyles: ['feed/styles.css'],
  shareMenuStyles: ['share-menu/styles.css'],
  embedStyles: ['embed/styles.css'],
}

const sheet = (files: readonly string[]): string =>
  JSON.stringify(packed(files.map((file) => readFileSync(join(pages, file), 'utf8')).join('\n')))

/** The module that holds the stylesheets of pages for the Worker. */
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
