import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { mailFolder } from '../../src/cli/paths.ts'

/** Waits for a mail to an address whose plain text contains a text, among those that `npm start` keeps, and returns the plain text. */
export async function mailTo(address: string, text: string): Promise<string> {
  const find = () => mailsTo(address).find((mail) => mail.includes(text))
  await expect.poll(find, { timeout: 90_000, interval: 500 }).toBeDefined()
  return find() ?? ''
}

/** The plain texts of the mails to an address. */
function mailsTo(address: string): string[] {
  const names = existsSync(mailFolder) ? readdirSync(mailFolder) : []
  const read = (name: string) => readFileSync(join(mailFolder, name), 'utf8')
  return names
    .filter((name) => name.endsWith('.eml') && read(name).includes(`\r\nTo: ${address}\r\n`))
    .map((name) => read(name.replace(/\.eml$/, '.txt')))
}
