import type { Reply, Target } from './target.ts'

/** What cannot be taken back, for each kind of outcome of which there were some. */
const remarks: Record<string, string> = {
  withdrawn:
    'the addresses of withdrawn articles answer 410, and their slugs stay theirs; what readers and subscribers have got already cannot be taken back',
  restored: 'readers and subscribers may have got the articles as they were imported',
}

/** What no undo takes back, whatever the import was. */
const always = 'names of sections, tags and authors, and redirects, stay as the import has left them'

/**
 * Takes back the last import, and passes what became of each article to `report`. Returns what cannot be taken back, as
 * sentences, and whether an article had to be left as it is.
 */
export async function undoImport(
  target: Pick<Target, 'undo'>,
  report: (reply: Reply) => void,
): Promise<{ notes: string[]; isLeft: boolean }> {
  const kinds = new Set<string>()
  for await (const reply of target.undo()) {
    kinds.add(reply.ok ? reply.kind : 'refused')
    report(reply)
  }
  if (kinds.size === 0)
    return {
      notes: [
        'nothing to take back: no import is known, or it was taken back already; a backup that an empty store has imported cannot be taken back',
      ],
      isLeft: false,
    }
  const notes = Object.entries(remarks).flatMap(([kind, remark]) => (kinds.has(kind) ? [remark] : []))
  return { notes: [...notes, always], isLeft: kinds.has('refused') }
}
