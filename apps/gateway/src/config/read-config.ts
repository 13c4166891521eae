import { readFileSync } from 'node:fs'
import { isMap, isPair, isScalar, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { type Config, configSchema, shapes } from './schema.ts'

/** A configuration that cannot be used. The message has a line for each problem, with its place in the file. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** Reads a configuration file, which is YAML or JSON. Throws a `ConfigError`. */
export function readConfig(path: string): Config {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new ConfigError(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
  return parseConfig(text, path)
}

/** Reads the text of a configuration. JSON is YAML, too. */
export function parseConfig(text: string, path: string): Config {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number, message: string): string => {
    const { line, col } = lines.linePos(offset)
    return `${path}:${line}:${col} ${message}`
  }
  if (document.errors.length > 0) {
    throw new ConfigError(document.errors.map(({ pos, message }) => at(pos[0], message)).join('\n'))
  }
  const result = configSchema.safeParse(document.toJS() ?? {})
  const offsetOf = (keys: readonly PropertyKey[], ofKey: boolean): number => offsetIn(document.contents, keys, ofKey)
  const problems = result.success ? [] : result.error.issues.flatMap((issue) => problemsOf(issue, offsetOf))
  if (result.success) {
    problems.push(
      ...wrongReferences(result.data).map(([keys, message]) => ({ offset: offsetOf(keys, false), message })),
    )
    if (problems.length === 0) return result.data
  }
  throw new ConfigError(problems.map(({ offset, message }) => at(offset, message)).join('\n'))
}

interface Problem {
  readonly offset: number
  readonly message: string
}

type OffsetOf = (keys: readonly PropertyKey[], ofKey: boolean) => number

function problemsOf(issue: z.core.$ZodIssue, offsetOf: OffsetOf): Problem[] {
  const { path } = issue
  const place = path.length > 0 ? `${path.map(String).join('.')}: ` : ''
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      offset: offsetOf([...path, key], true),
      message: `${place}there is no \`${key}\` here. ${hintFor(key)}Allowed: ${allowedAt(path).join(', ')}.`,
    }))
  }
  // Of alternatives, the one that came furthest says what is wrong.
  if (issue.code === 'invalid_union') {
    const [best] = issue.errors.toSorted((one, other) => depth(other) - depth(one))
    if (best && depth(best) > 0) {
      return best.flatMap((inner) => problemsOf({ ...inner, path: [...path, ...inner.path] }, offsetOf))
    }
    const words = issue.errors.flatMap((errors) => errors.map(({ message }) => message))
    return [{ offset: offsetOf(path, false), message: `${place}${[...new Set(words)].join('; or: ')}` }]
  }
  return [{ offset: offsetOf(path, false), message: `${place}${issue.message}` }]
}

function depth(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map(({ path, code }) => path.length + (code === 'unrecognized_keys' ? 1 : 0)))
}

function hintFor(key: string): string {
  if (!/^(api_?)?key$|token|secret/i.test(key)) return ''
  return 'Keys of providers are read from the environment: `apiKeyVariable` names the variable. '
}

/** The members that are allowed at a place, as the schema has them. */
function allowedAt(path: readonly PropertyKey[]): string[] {
  const [top = '', , third] = path.map(String)
  const last = String(path.at(-1) ?? '')
  const place = [last, third ?? '', top].find((name) => Object.hasOwn(shapes, name))
  return Object.keys(place === undefined ? configSchema.shape : shapes[place as keyof typeof shapes])
}

/** What is named and is not there: what no schema of a file's form can tell. */
function wrongReferences({ providers, models = {}, keys = [] }: Config): [PropertyKey[], string][] {
  const wrong: [PropertyKey[], string][] = []
  const check = (name: string, keys_: PropertyKey[]): void => {
    const [provider = ''] = name.split('/')
    if (!providers || provider in providers) return
    const known = Object.keys(providers).join(', ')
    wrong.push([keys_, `${keys_.map(String).join('.')}: there is no provider \`${provider}\`. There are: ${known}.`])
  }
  for (const [name, alias] of Object.entries(models)) {
    if (typeof alias === 'string') check(alias, ['models', name])
    else {
      check(alias.use, ['models', name, 'use'])
      for (const [index, each] of (alias.fallback ?? []).entries()) check(each, ['models', name, 'fallback', index])
    }
  }
  const names = new Set<string>()
  for (const [index, { name }] of keys.entries()) {
    if (names.has(name)) wrong.push([['keys', index, 'name'], `keys.${index}.name: there is another key \`${name}\`.`])
    names.add(name)
  }
  return wrong
}

/** Where a value stands in the text, or the key of a member; the nearest thing around it where it is not there. */
function offsetIn(node: unknown, keys: readonly PropertyKey[], ofKey: boolean): number {
  let found = startOf(node)
  let current = node
  for (const [index, key] of keys.entries()) {
    if (isMap(current)) {
      const pair = current.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key)
      if (!pair) return found
      const isLast = index === keys.length - 1
      found = startOf(isLast && ofKey ? pair.key : (pair.value ?? pair.key))
      current = pair.value
    } else if (typeof current === 'object' && current !== null && 'items' in current && Array.isArray(current.items)) {
      current = current.items[Number(key)]
      found = startOf(current)
    }
  }
  return found
}

function startOf(node: unknown): number {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return 0
  return Number(node.range[0])
}
