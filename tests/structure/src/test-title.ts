import { isNode, type SourceFile } from './syntax-tree.ts'

/** The titles of the tests of a file, and of the groups that they are in, as they are written: `finish reason %s is %s`. */
export function testTitlesIn({ nodes }: SourceFile): Set<string> {
  const titles = nodes.flatMap((node) => {
    if (node.type !== 'CallExpression' || !isTestFunction(node['callee'])) return []
    const [title]: readonly unknown[] = Array.isArray(node['arguments']) ? node['arguments'] : []
    return isNode(title) && title.type === 'Literal' && typeof title['value'] === 'string' ? [title['value']] : []
  })
  return new Set(titles)
}

/** Whether an expression is `test`, `describe`, or something of theirs, such as `test.each(cases)`. */
function isTestFunction(expression: unknown): boolean {
  if (!isNode(expression)) return false
  if (expression.type === 'Identifier') return expression['name'] === 'test' || expression['name'] === 'describe'
  return isTestFunction(expression['object'] ?? expression['callee'])
}
