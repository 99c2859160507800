import { contentSecurityPolicy, sha256 } from './parts/policy.ts'
import { shareMenuStyles } from './share-menu-styles.ts'

let styleSource: string | undefined

/** The policy of the share menu: that of every page, with its own styles. */
export async function shareMenuPolicy(): Promise<string> {
  if (styleSource === undefined) styleSource = `'sha256-${await sha256(shareMenuStyles)}'`
  return (await contentSecurityPolicy()).replace('style-src ', `style-src ${styleSource} `)
}
