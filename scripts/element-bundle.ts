import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { build } from 'esbuild'
import { type CommentWords, commentWords } from '../src/domain/languages/comments.ts'
import type { ElementWords } from '../src/element/comments/words.ts'

const root = join(import.meta.dirname, '..')

/**
 * Bundles the share element's script and styles in the form in which browsers receive them, each with a digest
 * of its content.
 */
export async function bundleElement(): Promise<Record<'script' | 'styles', { text: string; tag: string }>> {
  return { script: await minified('v1.ts'), styles: await minified('v1.css') }
}

/** Bundles the scripts of Web Push: the one of pages, and the service worker, which is no module. */
export async function bundlePush(): Promise<Record<'page' | 'worker', { text: string; tag: string }>> {
  return { page: await minified('push/page.ts'), worker: await minified('push/worker.ts', 'iife') }
}

/** Bundles the script of the element of comments, with its styles and its texts in all languages. */
export async function bundleComments(): Promise<{ text: string; tag: string }> {
  const styles = await minified('comments/v1.css')
  const words = Object.fromEntries(
    Object.entries(commentWords).map(([language, texts]) => [language, elementWords(texts)]),
  )
  const define = { STYLES: JSON.stringify(styles.text.trim()), WORDS: JSON.stringify(words) }
  return minified('comments/v1.ts', 'esm', define)
}

/** The texts that the element of comments shows, of all texts about comments in a language. Those of the form come with the form. */
function elementWords(texts: CommentWords): ElementWords {
  const { none, view, write, reply, removed, allReplies, text, own, edit, order, orders, report } = texts
  const { delete: remove, change, outcomes, wrong, replyTo, answering } = texts
  return {
    ...{ none, view, write, reply, removed, allReplies, text, own, edit, delete: remove, order, orders },
    ...{
      replyTo: replyTo('{name}'),
      answering: answering('{name}'),
      passage: texts.question.passage,
      report: report.report,
      reportOf: report.reportOf('{name}'),
    },
    ...{ over: outcomes.over.title, failed: change.failed, shut: wrong.shut },
    unreadable: wrong.unreadable,
  }
}

async function minified(
  file: string,
  format: 'esm' | 'iife' = 'esm',
  define: Record<string, string> = {},
): Promise<{ text: string; tag: string }> {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'src', 'element', file)],
    bundle: true,
    minify: true,
    write: false,
    format,
    charset: 'utf8',
    target: ['es2022', 'safari16.4', 'chrome110', 'firefox110'],
    tsconfigRaw: '{}',
    define,
  })
  const text = outputFiles[0]?.text ?? ''
  return { text, tag: createHash('sha256').update(text).digest('hex').slice(0, 8) }
}

/** Returns the TypeScript module from which the Worker serves the script and the styles. */
export function renderModule(bundle: Awaited<ReturnType<typeof bundleElement>>): string {
  return `/** The share element's script and styles, made from the files of this folder by \`npm run bundle\`. A test checks that they match these files. */
export const elementScript = ${JSON.stringify(bundle.script)}
export const elementStyles = ${JSON.stringify(bundle.styles)}
`
}

/** Returns the TypeScript module from which the Worker serves the scripts of Web Push. */
export function renderPushModule(bundle: Awaited<ReturnType<typeof bundlePush>>): string {
  return `/** The scripts of Web Push, made from the files of this folder by \`npm run bundle\`. A test checks that they match these files. */
export const pushPage = ${JSON.stringify(bundle.page)}
export const pushWorker = ${JSON.stringify(bundle.worker)}
`
}

/** Returns the TypeScript module from which the Worker serves the script of the element of comments. */
export function renderCommentsModule(script: Awaited<ReturnType<typeof bundleComments>>): string {
  return `/** The script of the element of comments, made from the files of this folder by \`npm run bundle\`. A test checks that it matches these files. */
export const commentsScript = ${JSON.stringify(script)}
`
}
