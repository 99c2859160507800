import { relative } from 'node:path'
import { formats } from '../render/formats.ts'
import { mailFolder } from './paths.ts'

/**
 * Returns what a local run says when it has started: where its feeds and pages are, and where the mails go if people can ask for
 * some, because the caller may have removed a setting that this needs. `address` is that of the server.
 */
export async function startMessage(address: string): Promise<string> {
  const { ok: takesSubscribers } = await fetch(`${address}/subscribe`, { method: 'HEAD' })
  const mails = `Mails are not sent, but kept in ${relative('', mailFolder)}. Ask for some at ${address}/subscribe`
  return [
    'The feeds are here:',
    ...formats.map(({ format, title }) => `  ${title.padEnd(10)} ${address}/feed.${format}`),
    `  ${'Kiosk'.padEnd(10)} ${address}/`,
    '',
    ...(takesSubscribers ? [mails] : []),
    'Ctrl-C stops it.',
  ].join('\n')
}
