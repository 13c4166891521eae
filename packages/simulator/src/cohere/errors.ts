import { uuidOf } from '../fingerprint.ts'
import type { Call, Reply } from '../route.ts'

/** A status and a message of https://docs.cohere.com/v2/reference/errors. */
export interface Problem {
  readonly status: number
  readonly message: string
}

function advice(page: string): string {
  return `For proper usage, please refer to https://docs.cohere.com/reference/${page}`
}

/** 400, with a documented or recorded message. */
export function badRequest(message: string): Problem {
  return { status: 400, message }
}

/** 400 for a parameter of the wrong JSON type. */
export function wrongType(parameter: string, actual: string, expected: string, page = 'chat'): Problem {
  return badRequest(
    `invalid type: parameter '${parameter}' is of type ${actual} but should be of type ${expected}. ${advice(page)}`,
  )
}

/** 400 for a word that is not one of a parameter's words. */
export function unrecognized(what: string, value: string, page = 'chat'): Problem {
  return badRequest(`unrecognized ${what} '${value}'. ${advice(page)}`)
}

/** 422 for a field that the endpoint does not have. Recorded: only the field's own name is told, not its path. */
export function unknownField(name: string, page = 'chat'): Problem {
  return { status: 422, message: `unknown field: parameter ${name} is not a valid field. ${advice(page)}` }
}

/** The answer that refuses a request: `{ id, message }`. */
export function refusal(
  call: Pick<Call, 'index' | 'text'>,
  { status, message }: Problem,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const text = JSON.stringify({ id: uuidOf(`${call.index} ${call.text}`), message })
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    streamed: false,
    frames: [{ text, tokens: 0 }],
  }
}
