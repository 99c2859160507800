import { feedStyles } from './feed-styles.ts'
import { sha256 } from './parts/policy.ts'

let styleSource: string | undefined

/** The policy of a page about feeds: it has styles of its own, and a form that comes back to the house. */
export async function feedPolicy(policy: string): Promise<string> {
  if (styleSource === undefined) styleSource = `'sha256-${await sha256(feedStyles)}'`
  return policy
    .replace('style-src ', `style-src ${styleSource} `)
    .replace("form-action 'none'", "form-action 'self'")
}
