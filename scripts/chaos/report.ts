import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Answer } from './site.ts'

/** What a run has done, and the law that it has broken. */
export interface Report {
  /** Notes one step of the run. */
  step: (text: string) => void
  /** Reports that a law is broken. Only the first report counts. */
  broken: (law: string, what: string, answers?: readonly (Answer | undefined)[]) => void
  /** The first report; undefined if no law is broken. */
  failure: () => string | undefined
}

/** How many of the last steps the report of a broken law shows. */
const shownSteps = 40

export function openReport(folder: string, now: () => number): Report {
  const steps: string[] = []
  const begun = now()
  let failure: string | undefined
  const step = (text: string) => {
    const line = `${((now() - begun) / 1000).toFixed(3)} ${text}`
    steps.push(line)
    if (steps.length > shownSteps) steps.shift()
    appendFileSync(join(folder, 'steps.log'), `${line}\n`)
  }
  return {
    step,
    broken(law, what, answers = []) {
      step(`BROKEN: ${law}: ${what}`)
      if (failure !== undefined) return
      const given = answers.filter((answer) => answer !== undefined)
      for (const [at, { body }] of given.entries()) writeFileSync(join(folder, `body-${at + 1}`), body)
      failure = [
        `broken law: ${law}`,
        what,
        ...given.map((answer, at) => headOf(answer, at + 1, begun)),
        `the last steps (all are in ${folder}/steps.log):`,
        ...steps,
        `the store and the Workers' log are in ${folder}`,
      ].join('\n')
    },
    failure: () => failure,
  }
}

function headOf(answer: Answer, number: number, start: number): string {
  const { worker, method, address, asked, begun, ended, status, headers } = answer
  const span = [begun, ended].map((at) => ((at - start) / 1000).toFixed(3)).join(' to ')
  return [
    `answer ${number}, by ${worker} from ${span} (its body is in body-${number}):`,
    `  ${method} ${address} ${JSON.stringify(asked)}`,
    `  ${status}`,
    ...[...headers].map(([name, value]) => `  ${name}: ${value}`),
  ].join('\n')
}
