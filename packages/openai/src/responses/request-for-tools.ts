import type { Item } from './item.ts'

/** The items that ask the caller to do something, each with the type of what answers it. */
const answers: ReadonlyMap<unknown, string> = new Map([
  ['function_call', 'function_call_output'],
  ['custom_tool_call', 'custom_tool_call_output'],
  ['computer_call', 'computer_call_output'],
  ['local_shell_call', 'local_shell_call_output'],
  ['shell_call', 'shell_call_output'],
  ['apply_patch_call', 'apply_patch_call_output'],
])

/** Whether the model waits for tools: OpenAI runs some of them itself, and then the answer has what came of it too. */
export function asksForTools(items: readonly Item[]): boolean {
  return items.some(({ type, call_id: id }) => {
    const answer = answers.get(type)
    return answer !== undefined && !items.some((other) => other['type'] === answer && other['call_id'] === id)
  })
}
