import { isNode, type SourceFile } from './syntax-tree.ts'

const nodeGlobals = new Set([
  'Buffer',
  'NodeJS',
  '__dirname',
  '__filename',
  'clearImmediate',
  'exports',
  'global',
  'module',
  'process',
  'require',
  'setImmediate',
])

/**
 * Uses of what only Node has, where the file has no variable of that name itself. The compiler finds these too (`types`
 * is empty there), but not once a dependency's declarations bring Node's types along.
 */
export function nodeGlobalsIn({ nodes, at }: SourceFile): string[] {
  const names = new Set<unknown>()
  const own = new Set<unknown>()
  for (const node of nodes) {
    // The names of members are not variables. In `{ process }` the variable is a node of its own.
    if (!node['computed']) names.add(node['property'] ?? node['key'])
    if (node.type === 'VariableDeclarator') addBindings(node['id'], own)
    else if (node.type.startsWith('Import')) addBindings(node['local'], own)
    else if (Array.isArray(node['params'])) for (const param of node['params']) addBindings(param, own)
  }
  return nodes.flatMap((node) => {
    const name = node.type === 'Identifier' ? node['name'] : undefined
    if (typeof name !== 'string' || !nodeGlobals.has(name) || names.has(node) || own.has(name)) return []
    return [`${at(node.start)} uses ${name}, which only Node has`]
  })
}

function addBindings(pattern: unknown, bindings: Set<unknown>): void {
  if (!isNode(pattern)) return
  if (pattern.type === 'Identifier') bindings.add(pattern['name'])
  for (const key of ['argument', 'left', 'value']) addBindings(pattern[key], bindings)
  for (const key of ['elements', 'properties']) {
    const parts = pattern[key]
    if (Array.isArray(parts)) for (const part of parts) addBindings(part, bindings)
  }
}
