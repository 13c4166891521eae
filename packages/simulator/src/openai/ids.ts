import { fingerprint } from '../fingerprint.ts'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const hex = '0123456789abcdef'

/** Letters and digits that are made from a text: an id in form, and always the same for the same text. */
export function lettersOf(text: string, length: number): string {
  return signsOf(text, length, letters)
}

/** Hexadecimal digits that are made from a text. */
export function hexOf(text: string, length: number): string {
  return signsOf(text, length, hex)
}

// The moment is fixed, so that an answer is the same tomorrow.
const start = 1_767_225_600

/** Seconds since 1970 for an answer: the first second of 2026, and one more for each request. */
export function createdAt(index: number): number {
  return start + index
}

function signsOf(text: string, length: number, alphabet: string): string {
  let hash = fingerprint(text)
  let signs = ''
  for (let at = 0; at < length; at++) {
    hash = (Math.imul(hash, 1664525) + 1013904223 + fingerprint(text, at)) >>> 0
    signs += alphabet[(hash >>> 10) % alphabet.length]
  }
  return signs
}
