import type { JsonSchema } from './json-schema.ts'

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
