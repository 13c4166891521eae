import { InterlinguaError } from './error.ts'
import type { ToolDefinition } from './tool.ts'

/** Throws an error of code `invalid_request` where two tools have the same name: a call could mean either. */
export function checkToolNames(tools: readonly ToolDefinition[] = []): void {
  const names = new Set<string>()
  for (const [index, { name }] of tools.entries()) {
    if (names.has(name)) {
      const field = `tools[${index}].name`
      const message = `${field}: there are two tools of the name ${JSON.stringify(name)}. Rename one of them, or put it in a toolkit with a namespace.`
      throw new InterlinguaError({ code: 'invalid_request', message, field })
    }
    names.add(name)
  }
}
