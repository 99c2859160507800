import type { Target } from './target.ts'

/**
 * Runs the command `doctor`: prints each correction and each bad row that is left, and at the end how many there are.
 * Returns the exit code.
 */
export async function examineStore(
  target: Pick<Target, 'examine'>,
  fix: boolean,
  json: boolean,
): Promise<number> {
  const count = { corrected: 0, bad: 0 }
  for await (const { corrected = [], findings } of target.examine(fix)) {
    count.corrected += corrected.length
    count.bad += findings.length
    for (const one of corrected)
      console.log(
        json
          ? JSON.stringify({ corrected: true, ...one })
          : `corrected ${one.table} "${one.id}": ${one.reason}`,
      )
    for (const one of findings)
      console.log(json ? JSON.stringify(one) : `${one.table} "${one.id}": ${one.reason}\n  ${one.remedy}`)
  }
  if (!json) console.error(summaryOf(count))
  return count.bad > 0 ? 1 : 0
}

function summaryOf({ corrected, bad }: { corrected: number; bad: number }): string {
  const found = bad === 0 ? 'nothing to mend' : `${bad} ${bad === 1 ? 'finding' : 'findings'}`
  return corrected === 0 ? found : `${corrected} corrected, ${found}`
}
