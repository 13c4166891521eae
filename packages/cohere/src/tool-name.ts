/**
 * The names of tools as Cohere takes them: letters, digits and underscores, and no digit at the beginning. A name that
 * is not like that is changed for the wire and changed back in the answer.
 */
export class ToolNames {
  readonly #wireByName = new Map<string, string>()
  readonly #nameByWire = new Map<string, string>()

  /**
   * The names of all tools come first, also of those that are not offered this time: where two would fall together, the
   * history is to say the same in each request.
   */
  constructor(tools: readonly { readonly name: string }[] = []) {
    for (const { name } of tools) this.encode(name)
  }

  /** The name to send. The same name always gives the same one, and different names different ones. */
  encode(name: string): string {
    const known = this.#wireByName.get(name)
    if (known !== undefined) return known
    const plain = name.replaceAll(/\W/g, '_').replace(/^(?=\d)/, '_')
    let wire = plain
    for (let number = 2; this.#nameByWire.has(wire); number++) wire = `${plain}_${number}`
    this.#wireByName.set(name, wire)
    this.#nameByWire.set(wire, name)
    return wire
  }

  /** The caller's names by the names that were sent. */
  get byWireName(): ReadonlyMap<string, string> {
    return this.#nameByWire
  }
}
