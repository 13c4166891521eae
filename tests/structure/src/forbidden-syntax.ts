import { isNode, type SourceFile } from './syntax-tree.ts'

const silencer = /@ts-(ignore|expect-error|nocheck)|\b(eslint|oxlint|biome|tslint)\b[-\w\s]*\b(disable|ignore)\b/

/** Where a file switches the type checker or the linter off. */
export function forbiddenSyntaxIn({ nodes, comments, at }: SourceFile): string[] {
  const code = nodes.flatMap((node) => {
    if (node.type === 'TSAnyKeyword') return [`${at(node.start)} says any`]
    if (node.type !== 'TSAsExpression' && node.type !== 'TSTypeAssertion') return []
    const { expression } = node
    if (!isNode(expression) || expression.type !== node.type) return []
    const through = expression['typeAnnotation']
    return isNode(through) && through.type === 'TSUnknownKeyword' ? [`${at(node.start)} says as unknown as`] : []
  })
  const silenced = comments.filter(({ value }) => silencer.test(value))
  return [...code, ...silenced.map(({ value, start }) => `${at(start)} says ${value.trim()}`)]
}

/** Whether a file declares nothing and only passes on what others declare. */
export function isBarrel({ body }: SourceFile): boolean {
  const exports = body.filter(({ type }) => type !== 'ImportDeclaration')
  return exports.length > 0 && exports.every(isReExport)
}

function isReExport(statement: { readonly type: string; readonly [member: string]: unknown }): boolean {
  if (statement.type === 'ExportAllDeclaration') return true
  if (statement.type === 'ExportNamedDeclaration') return !statement['declaration']
  const exported = statement['declaration']
  return statement.type === 'ExportDefaultDeclaration' && isNode(exported) && exported.type === 'Identifier'
}
