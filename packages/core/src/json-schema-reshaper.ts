import { isObject } from './json.ts'
import type { JsonSchema } from './json-schema.ts'
import { resolveReference } from './json-schema-reference.ts'
import { mergeSchemas } from './json-schema-merge.ts'
import { normalise } from './json-schema-normal.ts'
import { annotate, describeKeyword, isConstraint } from './json-schema-note.ts'
import { reshapePattern } from './json-schema-pattern.ts'
import { Definitions } from './json-schema-definitions.ts'
import { allowsNull, areExclusive, isScalar, nullable, splitTypes } from './json-schema-shape.ts'
import type { ReshapedSchema, SchemaChange, SchemaSubset } from './json-schema-subset.ts'

// Besides the constraints that a description can say.
const structure: ReadonlySet<string> = new Set(
  'type properties required items additionalProperties allOf anyOf oneOf'.split(' '),
)
const placeholder = '_'
const wrapper = 'value'

/** Where a schema stands, and what its description has to say besides. */
interface Place {
  readonly path: string
  readonly notes: string[]
  /** What references led to and became a part of this schema. */
  readonly merged: unknown[]
  /** The same for the schemas around it. */
  readonly around: readonly unknown[]
}

/** Reshapes one schema, and gathers its definitions and the changes. */
export class Reshaper {
  readonly #root: JsonSchema
  readonly #subset: SchemaSubset
  readonly #changes: SchemaChange[] = []
  readonly #definitions = new Definitions()
  readonly #isWrapped: boolean
  #rootIsUsed = false
  #hasPlaceholder = false
  #unfit: string | undefined

  constructor(root: JsonSchema, subset: SchemaSubset, isWrapped: boolean) {
    this.#root = root
    this.#subset = subset
    this.#isWrapped = isWrapped
    // In a wrapper the whole schema is no longer `#`, so references to it need a definition.
    if (isWrapped) this.#definitions.nameOf(root, wrapper, () => ({}))
  }

  /** The result; `undefined` where it would have to be wrapped. */
  reshape(): ReshapedSchema | undefined {
    const place: Place = { path: '', notes: [], merged: [this.#root], around: [] }
    const body = this.#reshapeNode(this.#merge(this.#root, place, true), place)
    if (!this.#isWrapped && body['type'] !== 'object') return undefined
    const top = this.#isWrapped ? this.#wrap(body) : body
    return {
      schema: { ...top, ...this.#definitions.toKeyword() },
      changes: this.#changes,
      ...(this.#isWrapped && { wrapped: wrapper }),
      ...(this.#hasPlaceholder && { placeholder }),
      ...(this.#unfit !== undefined && { unfit: this.#unfit }),
    }
  }

  #wrap(body: JsonSchema): JsonSchema {
    this.#change('', 'type', `the property ${wrapper} of an object`)
    if (this.#rootIsUsed) this.#definitions.set(wrapper, body)
    else this.#definitions.delete(wrapper)
    const value = this.#rootIsUsed ? { $ref: `#/$defs/${wrapper}` } : this.#withType(body, '')
    return { type: 'object', properties: { [wrapper]: value }, required: [wrapper], additionalProperties: false }
  }

  /** A schema without `allOf`, without `oneOf`, and with a `$ref` only where that is all there is. */
  #merge({ $ref, allOf, oneOf, ...own }: JsonSchema, place: Place, inline = false): JsonSchema {
    let node: JsonSchema = own
    if (Array.isArray(oneOf)) {
      const of = oneOf.map((each) => (isReference(each) ? resolveReference(this.#root, each.$ref) : each))
      this.#change(place.path, 'oneOf', 'anyOf', !areExclusive(of))
      node = this.#mergeInto(node, { anyOf: oneOf }, place)
    }
    const members = [...($ref === undefined ? [] : [{ $ref }]), ...list(allOf)]
    const [only] = members
    if (!inline && members.length === 1 && isReference(only) && !Object.keys(node).some(restricts)) {
      return { ...only, ...node }
    }
    if (allOf !== undefined) this.#change(place.path, 'allOf', 'merged into one schema')
    for (const member of members) node = this.#mergeMember(node, member, place)
    return node
  }

  #mergeMember(node: JsonSchema, member: unknown, place: Place): JsonSchema {
    if (!isObject(member)) return node
    if (!isReference(member) || Object.keys(member).length > 1) {
      return this.#mergeInto(node, this.#merge(member, place, true), place)
    }
    const target = resolveReference(this.#root, member.$ref)
    if (place.merged.includes(target)) return node
    if (place.around.includes(target)) {
      // To merge it again at each level would have no end.
      this.#change(place.path, '$ref', `${member.$ref} is not merged again`, true)
      return Object.keys(node).some(restricts) ? node : { ...node, ...member }
    }
    place.merged.push(target)
    return this.#mergeInto(node, isObject(target) ? this.#merge(target, place, true) : {}, place)
  }

  #mergeInto(node: JsonSchema, other: JsonSchema, place: Place): JsonSchema {
    return mergeSchemas(node, other, (keyword, value) => this.#drop(place, keyword, value, true))
  }

  #reshape(schema: unknown, path: string, around: readonly unknown[], merged: unknown[] = []): JsonSchema {
    if (!isObject(schema)) return {}
    const place: Place = { path, notes: [], merged, around }
    return this.#reshapeNode(this.#merge(schema, place), place)
  }

  #reshapeNode(node: JsonSchema, place: Place): JsonSchema {
    const { $ref, ...siblings } = node
    if (typeof $ref === 'string') {
      const rest = Object.entries(siblings).filter(([keyword]) => !restricts(keyword))
      // What a closed subset is a part of lets a reference stand alone only.
      if (this.#subset.closed) return { $ref: this.#refer($ref) }
      return this.#reshapeKeywords(Object.fromEntries(rest), place, { $ref: this.#refer($ref) })
    }
    if (!Array.isArray(node['type'])) return this.#reshapeTyped(node, place)
    const all = new Set(node['type'].filter((type) => typeof type === 'string'))
    const types = [...all].filter((type) => type !== 'integer' || !all.has('number'))
    const [outer, branches] = splitTypes(node, types)
    this.#change(place.path, 'type', 'anyOf')
    const [only] = branches
    if (branches.length < 2) return this.#reshapeTyped({ ...outer, ...only }, place)
    const anyOf = branches.map((each) => this.#reshapeTyped(each, { ...place, notes: [] }))
    return this.#reshapeKeywords(outer, place, { anyOf })
  }

  #reshapeTyped(node: JsonSchema, place: Place): JsonSchema {
    const normal = normalise(node, (keyword, what, value) => {
      if (value !== undefined) place.notes.push(describeKeyword(keyword, value) ?? '')
      this.#change(place.path, keyword, what, value !== undefined)
    })
    return this.#reshapeKeywords(normal, place, {})
  }

  /** The keywords of a node that the subset has, reshaped, after those that are so already. */
  #reshapeKeywords(node: JsonSchema, place: Place, reshaped: JsonSchema): JsonSchema {
    const { description, ...keywords } = node
    const kept = new Map(Object.entries(reshaped))
    for (const [keyword, value] of Object.entries(keywords)) {
      const result = this.#reshapeKeyword(keyword, value, place)
      if (result !== undefined) kept.set(keyword, result)
    }
    if (kept.get('type') === 'object') this.#complete(kept, node, place)
    if (kept.get('type') === 'array' && this.#subset.closed && !kept.has('items'))
      this.#giveUp(place.path, 'items of any kind')
    const text = annotate(description, place.notes)
    if (text !== undefined) kept.set('description', text)
    return Object.fromEntries(kept)
  }

  /** What a keyword becomes; `undefined` where it is left out. */
  #reshapeKeyword(keyword: string, value: unknown, place: Place): unknown {
    const below = `${place.path}/${keyword}`
    const around = [...place.around, ...place.merged]
    switch (keyword) {
      case 'type':
      case 'title':
        return typeof value === 'string' ? value : this.#drop(place, keyword, value)
      case 'required':
        return [...new Set(list(value).filter((name) => typeof name === 'string'))]
      case 'properties':
        return isObject(value) ? this.#reshapeProperties(value, place) : undefined
      case 'additionalProperties':
        return typeof value === 'boolean' ? value : (meaningful(this.#reshape(value, below, around)) ?? true)
      case 'items':
        if (value === false) return this.#drop(place, keyword, value, true)
        return meaningful(this.#reshape(value, below, around))
      case 'anyOf': {
        const possible = list(value).flatMap((each, index) => (each === false ? [] : [[index, each] as const]))
        const branches = possible.map(([index, each]) => this.#reshape(each, `${below}/${index}`, around))
        return branches.length > 0 ? branches.flatMap(alternativesOf) : undefined
      }
      case 'const':
        return isScalar(value) ? value : this.#drop(place, keyword, value)
      case 'enum':
        return Array.isArray(value) && value.every(isScalar) ? value : this.#drop(place, keyword, value)
      case 'format':
        return this.#subset.formats.has(value) ? value : this.#drop(place, keyword, value)
      case 'pattern':
        return typeof value === 'string' ? this.#reshapePattern(value, place) : undefined
      case 'patternProperties':
        if (this.#subset.closed) this.#giveUp(place.path, 'properties of any name')
        return this.#drop(place, keyword, value)
      case '$defs':
      case 'definitions':
        return undefined
      default:
        return this.#subset.keywords.has(keyword) ? value : this.#drop(place, keyword, value)
    }
  }

  #reshapeProperties(properties: JsonSchema, place: Place): JsonSchema {
    const around = [...place.around, ...place.merged]
    const entries = Object.entries(properties).flatMap(([name, schema]) => {
      const path = `${place.path}/properties/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
      if (schema !== false) return [[name, this.#withType(this.#reshape(schema, path, around), path)] as const]
      place.notes.push(`no property ${name}`)
      this.#change(path, 'properties', 'left out, as it is not allowed', true)
      return []
    })
    return Object.fromEntries(entries)
  }

  /** A property has a type in any case, if only by saying that it may have any. */
  #withType(schema: JsonSchema, path: string): JsonSchema {
    if (['type', 'enum', 'const', 'anyOf', '$ref'].some((keyword) => keyword in schema)) return schema
    this.#change(path, 'type', 'any of all types')
    const object = new Map<string, unknown>([['type', 'object']])
    if (this.#subset.closed) this.#giveUp(path, 'a value of any type')
    else this.#requireOne(object, path)
    const types = ['string', 'number', 'boolean', 'null', 'array']
    return { ...schema, anyOf: [...types.map((type) => ({ type })), Object.fromEntries(object)] }
  }

  #reshapePattern(pattern: string, place: Place): string | undefined {
    if (!this.#subset.anchorless) return pattern
    const reshaped = reshapePattern(pattern)
    if (!reshaped) {
      this.#drop(place, 'pattern', pattern)
      return undefined
    }
    if (reshaped.pattern !== pattern)
      this.#change(place.path, 'pattern', `sent as ${reshaped.pattern}`, !reshaped.exact)
    return reshaped.pattern
  }

  #complete(kept: Map<string, unknown>, { additionalProperties }: JsonSchema, { path }: Place): void {
    if (this.#subset.closed) {
      const isEmpty = !isObject(kept.get('properties')) || Object.keys(kept.get('properties') ?? {}).length === 0
      const isOpen = additionalProperties !== undefined && additionalProperties !== false
      if (isEmpty && (isOpen || additionalProperties === undefined)) this.#giveUp(path, 'properties of any name')
      else if (isOpen) this.#change(path, 'additionalProperties', 'false, so that there are the listed ones only')
      kept.set('additionalProperties', false)
    }
    if (this.#subset.requires === 'all') this.#requireAll(kept, path)
    else this.#requireOne(kept, path)
  }

  /** Sees to it that an object requires all of its properties. One that it did not require may be null. */
  #requireAll(kept: Map<string, unknown>, path: string): void {
    const listed = kept.get('properties')
    const required = new Set(list(kept.get('required')))
    const properties = new Map(isObject(listed) ? Object.entries(listed) : [])
    for (const name of required)
      if (!properties.has(String(name))) this.#giveUp(path, `the property ${String(name)}, of any type`)
    for (const [name, schema] of properties) {
      if (required.has(name) || !isObject(schema)) continue
      this.#change(path, 'required', `the property ${name}, which is null where it is absent`)
      if (!allowsNull(schema)) properties.set(name, nullable(schema))
    }
    kept.set('properties', Object.fromEntries(properties))
    kept.set('required', [...properties.keys()])
  }

  /** The first thing that the subset cannot say. */
  #giveUp(path: string, what: string): void {
    this.#unfit ??= `${path || 'the top level'}: ${what}`
  }

  /** Sees to it that an object requires a property, and lists those that it requires. */
  #requireOne(kept: Map<string, unknown>, path: string): void {
    const listed = kept.get('properties')
    const properties = new Map(isObject(listed) ? Object.entries(listed) : [])
    const required = list(kept.get('required')).map(String)
    if (required.length === 0) {
      const schemas = [...properties].flatMap(([name, schema]) => (isObject(schema) ? [[name, schema] as const] : []))
      const [name, schema] = schemas.find(([, each]) => allowsNull(each)) ?? schemas[0] ?? [placeholder, undefined]
      required.push(name)
      if (!schema) {
        this.#hasPlaceholder = true
        properties.set(name, { type: 'null', description: 'always null' })
        this.#change(path, 'required', `the property ${name}, which is always null`)
      } else if (allowsNull(schema)) {
        this.#change(path, 'required', `the property ${name}, which may be null`)
      } else {
        const nullableSchema = nullable(schema)
        const description = annotate(nullableSchema['description'], ['null if there is none'])
        properties.set(name, { ...nullableSchema, description })
        this.#change(path, 'required', `the property ${name}, which is null where it is absent`)
      }
    }
    for (const name of required) {
      const additional = kept.get('additionalProperties')
      if (!properties.has(name)) properties.set(name, this.#withType(isObject(additional) ? additional : {}, path))
    }
    kept.set('properties', Object.fromEntries(properties))
    kept.set('required', required)
  }

  #refer(reference: string): string {
    const target = resolveReference(this.#root, reference)
    if (target === this.#root) this.#rootIsUsed = true
    if (target === this.#root && !this.#isWrapped) return '#'
    const name = this.#definitions.nameOf(target, reference, () =>
      this.#reshape(target, reference.slice(1), [], [target]),
    )
    return `#/$defs/${name}`
  }

  #drop(place: Place, keyword: string, value: unknown, lossy?: boolean): undefined {
    const note = describeKeyword(keyword, value) ?? (lossy ? `${keyword} ${JSON.stringify(value)}` : undefined)
    if (note !== undefined) place.notes.push(note)
    const what = note === undefined ? 'left out' : `in the description: ${note}`
    this.#change(place.path, keyword, what, lossy ?? (note !== undefined && isConstraint(keyword)))
  }

  #change(path: string, keyword: string, what: string, lossy = false): void {
    this.#changes.push({ path, keyword, what, lossy })
  }
}

function isReference(schema: unknown): schema is { readonly $ref: string } {
  return isObject(schema) && typeof schema['$ref'] === 'string' && !Object.keys(schema).some(restricts)
}

/** Whether a keyword says what a value may be, and is not `$ref`. */
function restricts(keyword: string): boolean {
  return structure.has(keyword) || isConstraint(keyword)
}

/** The alternatives of a branch that is nothing but alternatives itself. */
function alternativesOf(branch: JsonSchema): readonly unknown[] {
  return Object.keys(branch).join() === 'anyOf' ? list(branch['anyOf']) : [branch]
}

/** `undefined` for a schema that says nothing. */
function meaningful(schema: JsonSchema): JsonSchema | undefined {
  return Object.keys(schema).length > 0 ? schema : undefined
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
