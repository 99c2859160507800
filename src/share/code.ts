import { networkIdPattern } from '../domain/share.ts'

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** Every code has so many characters: as many as eight bytes take in base58. */
const codeCharacters = 11

/**
 * The code of an article's short link: the first eight bytes of the SHA-256 of its id, in base58. The id never
 * changes and comes along when a store is restored, so the code is the same for ever and everywhere.
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

/** A code, and the network behind its dot where one is named. */
interface ShortName {
  code: string
  network?: string
}

const shortName = new RegExp(`^([${alphabet}]{${codeCharacters}})(?:\\.(${networkIdPattern}))?$`)

/** The last part of a short link's address; undefined for what can be none. */
export function parseShortName(name: string): ShortName | undefined {
  const [, code, network] = shortName.exec(name) ?? []
  if (code === undefined) return undefined
  return network === undefined ? { code } : { code, network }
}
