import { networkIdPattern } from '../domain/share.ts'

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** The length of every code: eight bytes in base58 have eleven characters. */
const codeCharacters = 11

/**
 * Returns the code of an article's short link: the first eight bytes of the SHA-256 of the article's id, in
 * base58. The id never changes and is part of backups, so the code never changes either.
 */
export async function codeOf(id: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(id))
  let number = new DataView(digest).getBigUint64(0)
  let code = ''
  for (let place = 0; place < codeCharacters; place++) {
    code = alphabet[Number(number % 58n)] + code
    number /= 58n
  }
  return code
}

/**
 * The last part of a short link's address: the article's code, optionally followed by a dot and the id of a
 * network.
 */
interface ShortName {
  code: string
  network?: string
}

const shortName = new RegExp(`^([${alphabet}]{${codeCharacters}})(?:\\.(${networkIdPattern}))?$`)

/** Parses the last part of a short link's address; returns undefined if its form is invalid. */
export function parseShortName(name: string): ShortName | undefined {
  const [, code, network] = shortName.exec(name) ?? []
  if (code === undefined) return undefined
  return network === undefined ? { code } : { code, network }
}
