/** What names of tools a provider takes. */
export interface ToolNameRule {
  /** The name without what the provider does not take. */
  readonly plain: (name: string) => string
  /** The most characters that it takes. Default: no limit. */
  readonly longest?: number
}

/** The names of tools as a provider takes them. Any other name is changed for the wire and changed back in the answer. */
export class ToolNames {
  readonly #rule: ToolNameRule
  readonly #wireByName = new Map<string, string>()
  readonly #nameByWire = new Map<string, string>()

  /**
   * The names of all tools come first, also of those that are not offered this time: where two would fall together, the
   * history is to say the same in each request.
   */
  constructor(rule: ToolNameRule, tools: readonly { readonly name: string }[] = []) {
    this.#rule = rule
    for (const { name } of tools) this.encode(name)
  }

  /** The name to send. The same name always gives the same one, and different names different ones. */
  encode(name: string): string {
    const known = this.#wireByName.get(name)
    if (known !== undefined) return known
    const { plain, longest } = this.#rule
    const whole = plain(name)
    let wire = whole.slice(0, longest)
    for (let number = 2; this.#nameByWire.has(wire); number++) {
      const ending = `_${number}`
      wire = `${whole.slice(0, longest && longest - ending.length)}${ending}`
    }
    this.#wireByName.set(name, wire)
    this.#nameByWire.set(wire, name)
    return wire
  }

  /** The caller's names by the names that were sent. */
  get byWireName(): ReadonlyMap<string, string> {
    return this.#nameByWire
  }
}
