import { InterlinguaError } from './error.ts'

/** Where an API key may come from. */
export interface ApiKeySource {
  /** The key that the caller gave; an empty text means that none is wanted. */
  readonly apiKey: string | undefined
  /** The environment variables to look in otherwise, first one first. */
  readonly variables: readonly string[]
  /** How a caller gives a key in code, for the message. */
  readonly option: string
}

/**
 * The `Authorization` header for a key. Throws an error of code `authentication` where there is no key, and where the key
 * cannot stand in a header: the platform's own error would quote it.
 */
export function bearerAuthorization({ apiKey, variables, option }: ApiKeySource): Readonly<Record<string, string>> {
  const key = apiKey?.trim() ?? variables.map((name) => environmentVariable(name)?.trim()).find(Boolean)
  if (key === '') return {}
  if (key === undefined) {
    const message = `there is no API key. Set the environment variable ${variables.join(' or ')}, or give one: \`${option}\`.`
    throw new InterlinguaError({ code: 'authentication', message })
  }
  if (!/^[\x21-\x7e]+$/.test(key)) {
    const message = 'the API key has a space, a line break or another character that no key has. Was it copied whole?'
    throw new InterlinguaError({ code: 'authentication', message })
  }
  return { authorization: `Bearer ${key}` }
}

/** Reads the environment where there is one, and where that is allowed: not in browsers, nor in Deno without `--allow-env`. */
export function environmentVariable(name: string): string | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } }
  try {
    return process?.env?.[name]
  } catch {
    return undefined
  }
}
