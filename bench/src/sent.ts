/** What the server is asked to send, as the beginning of a path: `/<how>/<count>`. */
export interface Sent {
  /**
   * `events`: so many pieces of text, as fast as they are taken. `packets`: each in a packet of its own. `endless`: so many
   * megabytes of them. `large`: one event of so many megabytes. `object` and `tool`: so many kilobytes of JSON, as the answer
   * or as the arguments of a tool call, sixteen characters at a time.
   */
  readonly how: 'events' | 'packets' | 'endless' | 'large' | 'object' | 'tool'
  readonly count: number
}

const words = ['The', ' harbour', ' was', ' quiet', ',', ' and', ' “nobody”', ' knew', ' why', '.\n']

/** The input tokens of every answer. */
export const inputTokens = 34

/** What is sent, piece by piece. */
export function piecesOf({ how, count }: Sent): readonly string[] {
  switch (how) {
    case 'object':
    case 'tool':
      return JSON.stringify(documentOf(count)).match(/.{1,16}/gs) ?? []
    case 'large':
      return [words.join('').repeat((count * 1e6) / words.join('').length)]
    default:
      return Array.from({ length: how === 'endless' ? 5_000 : count }, (_, index) => words[index % words.length] ?? '')
  }
}

/** A document of so many kilobytes. */
export function documentOf(kilobytes: number): Document {
  return {
    items: Array.from({ length: Math.round((kilobytes * 1_000) / 65) }, (_, id) => ({
      id,
      name: `item ${id}`,
      tags: ['a', 'b'],
      note: 'a\nb é',
    })),
  }
}

/** What a growing document is when it is whole. */
export interface Document {
  readonly items: readonly {
    readonly id: number
    readonly name: string
    readonly tags: readonly string[]
    readonly note: string
  }[]
}
