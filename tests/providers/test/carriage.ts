import type { Message, Warning } from '@interlingua/core'
import type { Provider } from './provider.ts'

/** A thing that is said in a conversation: where it stands, and what it can be found by. */
interface Said {
  readonly field: string
  /** Any of these is it. */
  readonly forms: readonly string[]
  /** The kind of part that it is in. */
  readonly kind: string
  readonly message: Message
}

/**
 * What of a conversation is neither in the body that was sent nor named by a warning about its place: nothing, where the law
 * holds that nothing is silent.
 */
export function lost(
  messages: readonly Message[],
  body: unknown,
  warnings: readonly Warning[],
  { provider, leavesOut }: Provider,
): string[] {
  const text = JSON.stringify(body)
  const told = warnings.flatMap(({ field }) => field ?? [])
  return messages
    .flatMap((message, index) => [...saidIn(message, `messages[${index}]`, message)])
    .filter(({ forms, field, kind, message }) => {
      if (forms.some((form) => text.includes(form))) return false
      // `messages` alone names no part.
      if (told.some((place) => place !== 'messages' && isWithin(field, place))) return false
      const isOwn = message.role === 'assistant' && message.provider === provider
      return !(isOwn && leavesOut.some((left) => left === kind))
    })
    .map(({ field, forms }) => `${field}: ${forms[0]}`)
}

function isWithin(field: string, place: string): boolean {
  return field === place || field.startsWith(`${place}.`) || field.startsWith(`${place}[`)
}

/** Every text and all bytes in a message that have a word of their own, but for what a provider keeps for itself. */
function* saidIn(value: unknown, field: string, message: Message, kind = ''): Generator<Said> {
  if (typeof value === 'string') {
    for (const [word] of value.matchAll(/\bm\d+x\b/g)) yield { field, forms: [word], kind, message }
  } else if (value instanceof Uint8Array) {
    // Of what was spoken a transcript says the same.
    if (kind !== 'audio' || message.role !== 'assistant') {
      const encoded = Buffer.from(value).toString('base64')
      yield { field, forms: [encoded], kind, message }
    }
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* saidIn(item, `${field}[${index}]`, message, kind)
  } else if (typeof value === 'object' && value !== null) {
    const type: unknown = Reflect.get(value, 'type')
    for (const [name, inner] of Object.entries(value)) {
      if (name === 'providerFields') continue
      const within = name === 'citations' ? name : kind || (typeof type === 'string' ? type : '')
      yield* saidIn(inner, `${field}.${name}`, message, within)
    }
  }
}
