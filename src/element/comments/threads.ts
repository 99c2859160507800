/** A public comment, as comments.json has it. */
export interface Said {
  id: string
  url?: string
  name?: string
  html?: string
  published?: string
  parent?: string
  /** The name of the author of the comment that this one answers, if it is public. */
  answering?: string
  /** The key of the author's question that its thread answers. */
  question?: string
}

/** A question of the author that a thread answers. `passage` is HTML without tags. */
export interface Question {
  key: string
  text: string
  passage: string
}

/** A thread of comments.json. A first comment that is not public any more has only its id. */
export interface Thread extends Said {
  replies: Said[]
  more: boolean
}

/** A comment with the replies that stand under it. */
export interface Nested {
  said: Said
  /** Whether it does not stand under what it answers, so that it says whom it answers. */
  isBeside: boolean
  replies: Nested[]
}

/** The levels of a thread. A reply to a comment of the last level stands beside it. */
const maxLevels = 3

/** Puts the replies of a thread under what they answer, in at most three levels; under its first comment if that is not there. */
export function nest({ id, replies }: Pick<Thread, 'id' | 'replies'>): Nested[] {
  const top: Nested[] = []
  const first = { nodes: top, level: 2, isBeside: false }
  const places = new Map([[id, first]])
  for (const said of replies) {
    const place = places.get(said.parent ?? '') ?? { ...first, isBeside: true }
    const node: Nested = { said, isBeside: place.isBeside, replies: [] }
    place.nodes.push(node)
    places.set(
      said.id,
      place.level < maxLevels
        ? { nodes: node.replies, level: place.level + 1, isBeside: false }
        : { ...place, isBeside: true },
    )
  }
  return top
}
