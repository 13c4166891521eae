/**
 * A text that a regular expression of the simple kind matches: literals, classes, groups, alternatives and counts. It is
 * meant for patterns such as `[A-Z]{3}[0-9]{7}`, and gives what it understands of others.
 */
export function samplePattern(pattern: string): string {
  let at = 0

  function alternatives(): string {
    const first = sequence()
    while (pattern[at] === '|') {
      at += 1
      sequence()
    }
    return first
  }

  function sequence(): string {
    let text = ''
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') text += repeated(atom())
    return text
  }

  function atom(): string {
    const sign = pattern[at++] ?? ''
    if (sign === '(') {
      const flags = /^\?(?::|<\w+>)/.exec(pattern.slice(at))
      at += flags?.[0].length ?? 0
      const inner = alternatives()
      at += 1
      return inner
    }
    if (sign === '[') return oneOf()
    if (sign === '\\') return escaped(pattern[at++] ?? '')
    if (sign === '^' || sign === '$') return ''
    return sign === '.' ? 'a' : sign
  }

  function oneOf(): string {
    const end = pattern.indexOf(']', at + 1)
    const inside = pattern.slice(at, end === -1 ? undefined : end)
    at += inside.length + 1
    if (inside.startsWith('^')) return ['a', '0', '-', '_'].find((sign) => !inside.includes(sign)) ?? 'b'
    return inside.startsWith('\\') ? escaped(inside[1] ?? '') : (inside[0] ?? '')
  }

  function repeated(text: string): string {
    const count = /^(?:\{(\d+)(?:,\d*)?\}|[*+?])\??/.exec(pattern.slice(at))
    if (!count) return text
    at += count[0].length
    return text.repeat(count[1] === undefined ? (count[0].startsWith('+') ? 1 : 0) : Number(count[1]))
  }

  return alternatives()
}

function escaped(sign: string): string {
  const classes: Readonly<Record<string, string>> = {
    d: '0',
    w: 'a',
    s: ' ',
    D: 'a',
    W: '-',
    S: 'a',
    b: '',
    n: '\n',
    t: '\t',
  }
  return classes[sign] ?? sign
}
