// An escape, a class, the beginning of a group that is more than a group, or any other character.
const tokenPattern = /\\.|\[(?:\\.|[^\]\\])*\]|\(\?<?[=!]|\(\?<\w+>|./gsu

/** A regular expression without anchors. */
export interface ReshapedPattern {
  readonly pattern: string
  /** Whether it means the same as before. */
  readonly exact: boolean
}

/**
 * Rewrites a regular expression without anchors, for a provider whose patterns match a whole value, so `^` and `$` at
 * the ends say nothing new, and where only one of them stands, `.*` takes the place of the other. A pattern without anchors
 * stays as it is. `undefined` where there is no such form: for look-arounds, word boundaries and back-references.
 *
 * @see https://docs.cohere.com/docs/structured-outputs#unsupported-schema-features
 */
export function reshapePattern(pattern: string): ReshapedPattern | undefined {
  const tokens = (pattern.match(tokenPattern) ?? []).map(unmistakable)
  if (tokens.some((token) => /^(?:\(\?<?[=!]|\\[bBk1-9])/.test(token))) return undefined
  if (!tokens.some(isAnchor)) return { pattern: spell(tokens), exact: true }
  const reshaped = alternatives(tokens).map(unanchor)
  const result = reshaped.map((each) => each.pattern).join('|')
  return result === '' ? undefined : { pattern: result, exact: reshaped.every(({ exact }) => exact) }
}

function isAnchor(token: string): boolean {
  return token === '^' || token === '$'
}

/** A class in which no character looks like an anchor, and a group without its name. */
function unmistakable(token: string): string {
  if (token.startsWith('(?<') && token.endsWith('>')) return '('
  if (!token.startsWith('[')) return token
  return token.replaceAll(/\\.|\[\^|[$^]/gsu, (part) => (part === '$' || part === '^' ? `\\${part}` : part))
}

/** The text of tokens, in which what follows a question mark does not look like a look-around. */
function spell(tokens: readonly string[]): string {
  return tokens
    .map((token, at) => (/^[=!]$/.test(token) && tokens[at - 1]?.endsWith('?') ? `[${token}]` : token))
    .join('')
}

/** The parts between the bars that stand outside of all groups. */
function alternatives(tokens: readonly string[]): readonly string[][] {
  const parts: string[][] = []
  let part: string[] = []
  let depth = 0
  for (const token of tokens) {
    if (token.startsWith('(')) depth++
    else if (token === ')') depth--
    if (token === '|' && depth === 0) {
      parts.push(part)
      part = []
    } else {
      part.push(token)
    }
  }
  return [...parts, part]
}

function unanchor(tokens: readonly string[]): ReshapedPattern {
  const starts = tokens[0] === '^'
  const ends = tokens.at(-1) === '$'
  const inner = tokens.slice(starts ? 1 : 0, ends ? -1 : undefined)
  const body = spell(inner.filter((token) => !isAnchor(token)))
  const before = starts || body.startsWith('.*') ? '' : '.*'
  const after = ends || body.endsWith('.*') ? '' : '.*'
  return { pattern: before + body + after, exact: !inner.some(isAnchor) }
}
