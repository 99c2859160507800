import type { RestoredAddresses } from '../comments/person.ts'
import type { ErasedComments, PersonPage } from '../domain/commenter.ts'
import type { CommenterLine } from '../domain/commenter-line.ts'

/** The operations on the comments of one person that the command line needs. */
export interface CommentersTarget {
  /** Returns a page of what is stored of the comments of the person with an e-mail address. */
  person: (address: string, after: number) => Promise<PersonPage>
  /** Erases some comments of the person with an e-mail address. */
  erase: (address: string) => Promise<ErasedComments>
  /** Lists the e-mail addresses of authors and of reports, page by page, for an encrypted backup. */
  addresses: () => AsyncIterable<CommenterLine[]>
  /** Gives at most `maxCommenterLines` comments and reports their addresses. */
  restoreAddresses: (lines: readonly CommenterLine[]) => Promise<RestoredAddresses>
}

/**
 * Runs `comments export`: returns what is stored of the comments and reports of the person with an e-mail address, as JSON; with
 * `isJson` in one line.
 */
export async function exportPerson(
  target: Pick<CommentersTarget, 'person'>,
  address: string,
  isJson: boolean,
): Promise<string[]> {
  const found: Omit<PersonPage, 'next'> = { comments: [], reports: [] }
  let after: number | undefined = 0
  while (after !== undefined) {
    const { comments, reports, next }: PersonPage = await target.person(address, after)
    found.comments.push(...comments)
    found.reports.push(...reports)
    after = next
  }
  return [JSON.stringify(found, null, isJson ? 0 : 2)]
}

/** Runs `comments erase`: erases all comments of the person with an e-mail address, and what the person wrote in reports. */
export async function erasePersonOn(
  target: Pick<CommentersTarget, 'erase'>,
  address: string,
  isJson: boolean,
): Promise<string[]> {
  const sum = { comments: 0, reports: 0 }
  let isMore = true
  while (isMore) {
    const step = await target.erase(address)
    sum.comments += step.comments
    sum.reports += step.reports
    isMore = step.isMore
  }
  if (isJson) return [JSON.stringify(sum)]
  if (sum.comments + sum.reports === 0) return ['nothing to erase: no comment and no report has this address']
  const counted = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`
  return [`erased: ${counted(sum.comments, 'comment')}, and the texts of ${counted(sum.reports, 'report')}`]
}
