import { parseSync, visitorKeys } from 'oxc-parser'

/** A node of a syntax tree, whose members depend on its type. */
export interface SyntaxNode {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [member: string]: unknown
}

/** A parsed source file. */
export interface SourceFile {
  /** From the root of the repository. */
  readonly path: string
  /** The statements at the top level. */
  readonly body: readonly SyntaxNode[]
  /** Every node, outermost first. */
  readonly nodes: readonly SyntaxNode[]
  readonly comments: readonly { readonly value: string; readonly start: number }[]
  /** Where an offset is, for messages: `packages/core/src/tool.ts:7`. */
  readonly at: (offset: number) => string
}

/** Parses a source file. Throws where it is not valid TypeScript: nothing would be found in it. */
export function parse(path: string, text: string): SourceFile {
  const { program, comments, errors } = parseSync(path, text, { astType: 'ts', preserveParens: false })
  const [error] = errors
  if (error) throw new SyntaxError(`${path}: ${error.message}`)
  const nodes: SyntaxNode[] = []
  collect(program, nodes)
  const body: readonly unknown[] = program.body
  return {
    path,
    body: body.filter(isNode),
    nodes,
    comments,
    at: (offset) => `${path}:${text.slice(0, offset).split('\n').length}`,
  }
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

function collect(value: unknown, nodes: SyntaxNode[]): void {
  if (Array.isArray(value)) for (const item of value) collect(item, nodes)
  if (!isNode(value)) return
  nodes.push(value)
  for (const key of visitorKeys[value.type] ?? []) collect(value[key], nodes)
}
