import { isNode, type SourceFile, type SyntaxNode } from './syntax-tree.ts'

/** A place where a file names another module. */
export interface ModuleReference {
  /** The module's name; `undefined` where it is computed. */
  readonly specifier: string | undefined
  /** Whether nothing of it is left at run time. */
  readonly typeOnly: boolean
  readonly start: number
}

/** Every import, re-export, `import()`, `import('…').Type` and `require()` of a file. */
export function moduleReferencesOf({ nodes }: SourceFile): ModuleReference[] {
  return nodes.flatMap((node): ModuleReference[] => {
    switch (node.type) {
      case 'ImportDeclaration':
        // `import { type A } from 'a'` is not type-only: with `verbatimModuleSyntax` it still loads `a`.
        return [reference(node, node['source'], node['importKind'] === 'type')]
      case 'ExportAllDeclaration':
      case 'ExportNamedDeclaration':
        return node['source'] ? [reference(node, node['source'], node['exportKind'] === 'type')] : []
      case 'ImportExpression':
        return [reference(node, node['source'], false)]
      case 'TSImportType':
        return [reference(node, node['source'], true)]
      case 'TSExternalModuleReference':
        return [reference(node, node['expression'], false)]
      case 'CallExpression': {
        const { callee, arguments: args } = node
        const isRequire = isNode(callee) && callee.type === 'Identifier' && callee['name'] === 'require'
        return isRequire && Array.isArray(args) ? [reference(node, args[0], false)] : []
      }
      default:
        return []
    }
  })
}

function reference({ start }: SyntaxNode, source: unknown, typeOnly: boolean): ModuleReference {
  const value = isNode(source) && source.type === 'Literal' ? source['value'] : undefined
  return { specifier: typeof value === 'string' ? value : undefined, typeOnly, start }
}
