type Container = Record<string, unknown> | unknown[]

/** The least that makes values of JSON that grows: each character is seen once, texts show as they grow, nothing is checked. */
export class GrowingJson {
  readonly #root: Record<string, unknown> = {}
  #into: Container = this.#root
  /** Where the next value goes; `undefined` while a key is read. */
  #key: string | number | undefined = ''
  readonly #outer: { readonly into: Container; readonly key: string | number | undefined }[] = []
  /** A text, number or word that has not ended, as it stands in the JSON. */
  #token = ''

  get value(): unknown {
    return this.#root['']
  }

  push(text: string): void {
    for (const character of text) this.#read(character)
    if (!this.#token.startsWith('"') || this.#key === undefined || /\\(u[\da-f]{0,3})?$/i.test(this.#token)) return
    this.#put(JSON.parse(`${this.#token}"`))
  }

  #read(character: string): void {
    if (this.#token.startsWith('"')) {
      this.#token += character
      if (character === '"' && /^"(?:[^\\]|\\.)*"$/s.test(this.#token)) this.#end()
    } else if (character === '"' || /[-+\w.]/.test(character)) this.#token += character
    else {
      this.#end()
      if (character === '{') this.#open({}, undefined)
      else if (character === '[') this.#open([], 0)
      else if (character === '}' || character === ']') this.#close()
      else if (character === ',') this.#key = Array.isArray(this.#into) ? this.#into.length : undefined
    }
  }

  /** Ends what is being read, as a key or a value. */
  #end(): void {
    if (this.#token === '') return
    const value: unknown = JSON.parse(this.#token)
    this.#token = ''
    if (this.#key === undefined) this.#key = String(value)
    else this.#put(value)
  }

  #put(value: unknown): void {
    if (this.#key !== undefined) Reflect.set(this.#into, this.#key, value)
  }

  #open(value: Container, key: number | undefined): void {
    this.#put(value)
    this.#outer.push({ into: this.#into, key: this.#key })
    this.#into = value
    this.#key = key
  }

  #close(): void {
    const { into, key } = this.#outer.pop() ?? { into: this.#root, key: '' }
    this.#into = into
    this.#key = key
  }
}
