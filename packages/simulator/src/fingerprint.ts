/**
 * A 32-bit number that depends on every character of the text (FNV-1a with a final mix). Equal texts give equal
 * numbers on every machine, which is what makes the simulator's answers repeatable. Not for secrets.
 */
export function fingerprint(text: string, salt = 0): number {
  let hash = (0x811c9dc5 ^ salt) >>> 0
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** 32 hexadecimal digits made from the text, in the form of a trace id. */
export function traceIdOf(text: string): string {
  return [1, 2, 3, 4].map((salt) => fingerprint(text, salt).toString(16).padStart(8, '0')).join('')
}

/** A version 4 UUID in form, made from the text instead of from chance. */
export function uuidOf(text: string): string {
  const hex = traceIdOf(text)
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20)]
  return parts.join('-')
}
