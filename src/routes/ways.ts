import type { Ways } from '../pages/notify/fields.tsx'
import type { Exchange } from './answer.ts'

/** How people can ask to be told of articles; undefined if they cannot. */
export function waysOf({ env: { notify } }: Exchange): Ways | undefined {
  return notify && { postal: notify.mail?.postal, pushKey: notify.push?.keys[0].publicKey }
}
