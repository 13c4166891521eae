import { InterlinguaError, type JsonSchema } from '@interlingua/core'

/** The part of a schema that a `$ref` within it leads to. Throws where it leads nowhere, or out of the schema. */
export function resolveReference(root: JsonSchema, reference: string): unknown {
  const [start, ...segments] = decode(reference).split('/')
  let target: unknown = start === '#' ? root : undefined
  for (const segment of segments) {
    const key = segment.replaceAll('~1', '/').replaceAll('~0', '~')
    const holds = typeof target === 'object' && target !== null && Object.hasOwn(target, key)
    target = holds ? Reflect.get(Object(target), key) : undefined
  }
  if (target !== undefined) return target
  const message = `the JSON Schema refers to ${reference}, which is not a place in it, such as #/$defs/name`
  throw new InterlinguaError({ code: 'invalid_request', message })
}

function decode(reference: string): string {
  try {
    return decodeURIComponent(reference)
  } catch {
    return reference
  }
}

/** The definitions of a reshaped schema: one for each place that a `$ref` leads to, by a name of its own. */
export class Definitions {
  readonly #names = new Map<unknown, string>()
  readonly #schemas = new Map<string, JsonSchema>()

  /** The name for a place. `reshape` is called once for each place, and may ask for the names of others, or for this one. */
  nameOf(target: unknown, reference: string, reshape: () => JsonSchema): string {
    const known = this.#names.get(target)
    if (known !== undefined) return known
    const wanted = reference.slice(reference.lastIndexOf('/') + 1).replaceAll(/[^\w.-]+/g, '_')
    let name = wanted
    for (let count = 2; this.#schemas.has(name); count++) name = `${wanted}_${count}`
    this.#names.set(target, name)
    this.#schemas.set(name, {})
    this.#schemas.set(name, reshape())
    return name
  }

  set(name: string, schema: JsonSchema): void {
    this.#schemas.set(name, schema)
  }

  delete(name: string): void {
    this.#schemas.delete(name)
  }

  /** `$defs`, or nothing where there are none. */
  toKeyword(): { readonly $defs?: JsonSchema } {
    return this.#schemas.size > 0 ? { $defs: Object.fromEntries(this.#schemas) } : {}
  }
}
