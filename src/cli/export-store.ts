import { readBackup } from './backup.ts'
import { keepErasedFile } from './erased-file.ts'
import { exportSubscribers } from './subscribers-file.ts'
import type { Target } from './target.ts'

/** Where an export writes: the file of people, if any, with its passphrase, the list of erased addresses, and the lines of the backup. */
interface ExportPlaces {
  file: string | undefined
  passphrase: string
  erased: string
  print: (line: object) => Promise<void>
}

/** Exports the store as a backup, and says on the standard error output what else was written and what was not. Returns the exit code. */
export async function exportStore(
  target: Target,
  { file, passphrase, erased, print }: ExportPlaces,
): Promise<number> {
  const { subscriptions } = target
  const { lines, bad, lacksComments } = await readBackup(target)
  for (const line of lines) await print(line)
  for (const { slug, field, reason } of bad)
    console.error(`Cannot export article "${slug}": ${field}: ${reason}`)
  if (lacksComments)
    console.error('Cannot export the comments: the token lacks the scope "admin"; the articles are exported')
  const people =
    file === undefined ? undefined : await exportSubscribers(target, { file, passphrase, now: Date.now() })
  if (people)
    console.error(
      `${file} contains ${people.subscribers} subscribers, and ${people.ended} who have ended, and ${people.addresses} addresses of comments, encrypted`,
    )
  for (const { number, field, reason } of people?.bad ?? [])
    console.error(`Cannot export subscriber ${number}: ${field}: ${reason}`)
  // After the subscribers, so that the list has all who ended while they were read.
  const { all, added } = await keepErasedFile(subscriptions, erased, Date.now())
  if (all > 0) console.error(`${erased} lists ${all} erased addresses as hashes, ${added} of them new`)
  return bad.length > 0 || people?.bad.length || lacksComments ? 1 : 0
}
