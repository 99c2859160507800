import type { Tally } from './import.ts'
import type { Reply, Target } from './target.ts'
import type { Ask } from './withdraw.ts'

/** What cannot be taken back, for each kind of outcome of which there were some. */
const remarks: Record<string, string> = {
  withdrawn:
    'the addresses of withdrawn articles answer 410, and their slugs stay theirs; what readers and subscribers have got already cannot be taken back',
  restored: 'readers and subscribers may have got the articles as they were imported',
}

/** What no undo takes back, whatever the import was. */
const always = 'names of sections, tags and authors, and redirects, stay as the import has left them'

const question =
  'Take back the last import? What it created is withdrawn or deleted, and what it replaced gets back its former version.'

/**
 * Asks whether the last import is to be taken back. With `yes`, it does not ask. Throws if it must ask and cannot.
 */
export async function isUndoMeant({ yes, ask }: { yes: boolean; ask: Ask }): Promise<boolean> {
  if (yes) return true
  if (!ask)
    throw new Error(
      'Cannot undo the last import: no terminal to ask on; to take it back without a question, give --yes',
    )
  return ask(question)
}

/**
 * Takes back the last import, and passes what became of each article to `report`. Returns how many articles had each outcome
 * (`refused`: left as it is), and what cannot be taken back, as sentences.
 */
export async function undoImport(
  target: Pick<Target, 'undo'>,
  report: (reply: Reply) => void,
): Promise<{ tally: Tally; notes: string[] }> {
  const tally: Tally = {}
  for await (const reply of target.undo()) {
    const kind = reply.ok ? reply.kind : 'refused'
    tally[kind] = (tally[kind] ?? 0) + 1
    report(reply)
  }
  if (Object.keys(tally).length === 0)
    return {
      tally,
      notes: [
        'nothing to take back: no import is known, or it was taken back already; a backup that an empty store has imported cannot be taken back',
      ],
    }
  const notes = Object.entries(remarks).flatMap(([kind, remark]) => (tally[kind] ? [remark] : []))
  return { tally, notes: [...notes, always] }
}
