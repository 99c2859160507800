import type { Published } from './life.ts'
import type { Kept, Shown } from './reader.ts'

/**
 * Compares what a feed reader shows with what was published, and returns the differences. Every article must be shown
 * exactly once, with its id and its texts. Of what the feed reader keeps, it must show what it has stored; `stored`
 * holds that by the article's id, and is brought up to date.
 */
export function differences(
  shown: readonly Shown[],
  published: readonly Published[],
  keeps: Kept,
  stored: Map<string, Published>,
): string[] {
  const wrong: string[] = []
  const expected = new Map<string, Published>()
  for (const one of published) {
    const former = stored.get(one.id)
    if (one.isWithdrawn && !(former && keeps.withdrawal)) continue
    const next = { ...one, ...(former && keptOf(former, one, keeps)) }
    stored.set(one.id, next)
    expected.set(one.id, next)
  }
  for (const id of new Set([...expected.keys(), ...shown.map((one) => one.id)])) {
    const [those, one] = [shown.filter((item) => item.id === id), expected.get(id)]
    if (those.length !== (one ? 1 : 0)) wrong.push(`${id} is shown ${those.length} times`)
    else if (those[0] && one) wrong.push(...differencesOf(those[0], one))
  }
  return wrong
}

/** What a feed reader keeps of an article that it has stored, although something else is published now. */
function keptOf(stored: Published, now: Published, keeps: Kept): Partial<Published> {
  if (keeps.allButText) return stored.text === now.text ? stored : {}
  return {
    ...(keeps.title && { title: stored.title }),
    ...(keeps.text && { text: stored.text }),
    ...(keeps.link && { link: stored.link }),
    ...(keeps.author && { author: stored.author }),
    ...(keeps.tags && { tags: stored.tags }),
  }
}

function differencesOf(shown: Shown, { title, text, link, author, tags }: Published): string[] {
  const pairs: [what: string, shown: string | undefined, expected: string][] = [
    ['title', shown.title, title],
    ['link', shown.link, link],
    ['author', shown.author, author],
    ['tags', shown.tags?.toSorted().join(', '), tags.toSorted().join(', ')],
  ]
  const wrong = pairs
    .filter(([, given, expected]) => given !== undefined && given !== expected)
    .map(([what, given, expected]) => `${shown.id}: the ${what} is "${given}", and not "${expected}"`)
  if (!shown.text.includes(text)) wrong.push(`${shown.id}: the text is "${shown.text}", and lacks "${text}"`)
  return wrong
}
