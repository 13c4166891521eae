import { isObject, objectsIn } from '../json.ts'

/** The tools that a choice of `allowed_tools` allows; chats nest it, responses do not. */
export function allowedNames(choice: unknown): { mode: unknown; names: readonly string[] } | undefined {
  if (!isObject(choice) || choice['type'] !== 'allowed_tools') return undefined
  const allowed = isObject(choice['allowed_tools']) ? choice['allowed_tools'] : choice
  const names = objectsIn(allowed['tools']).flatMap((tool) => {
    const inner = isObject(tool['function']) ? tool['function'] : isObject(tool['custom']) ? tool['custom'] : tool
    return typeof inner['name'] === 'string' ? [inner['name']] : []
  })
  return { mode: allowed['mode'], names }
}
