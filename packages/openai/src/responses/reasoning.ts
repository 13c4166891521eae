import type { Item } from './item.ts'
import type { InputItem, ReplayOptions } from './replay.ts'

/** An item, and what the caller did with it: it is as it came, it is made anew, or it is reasoning that was taken out. */
export interface Entry {
  readonly item: InputItem
  readonly fate: 'kept' | 'made' | 'removed'
}

/** What is known of the answer that the items are of. */
export interface AnswerState {
  readonly isComplete: boolean
  /** Whether the server has kept it. */
  readonly isStored: boolean
}

/** The items that can be sent without their ids. */
const nameless: ReadonlySet<unknown> = new Set(['message', 'function_call', 'custom_tool_call'])

/**
 * Leaves out the reasoning that cannot be sent. OpenAI refuses reasoning without the item that it led to, and reasoning that
 * it has not kept and that is not encrypted; and it asks for the reasoning of an item that it knows by its id. What came of
 * reasoning that is left out therefore loses its id, or, where it has to have one, is left out too.
 *
 * @see https://platform.openai.com/docs/guides/reasoning#keeping-reasoning-items-in-context
 */
export function settleReasoning(entries: readonly Entry[], state: AnswerState, options: ReplayOptions): InputItem[] {
  const settled: InputItem[] = []
  const { isStrict, unsupported, field } = options
  const tell = (problem: string): void => unsupported.add({ field, problem, instead: 'it is left out' })
  let isCutOff = false
  for (const [index, { item, fate }] of entries.entries()) {
    const type: unknown = Reflect.get(item, 'type')
    if (type === 'reasoning') {
      const problem = problemOf(item, followerOf(entries, index), state, options)
      isCutOff = fate === 'removed' || problem !== undefined
      if (!isCutOff) settled.push(item)
      // What was taken out, the caller knows.
      else if (fate !== 'removed' && problem !== undefined) tell(problem)
    } else if (!isCutOff || !isStrict || fate === 'made') {
      settled.push(item)
    } else if (nameless.has(type)) {
      settled.push(withoutId(item))
    } else {
      tell(`the ${String(type)} came of reasoning that is left out`)
    }
  }
  return settled
}

/** Why reasoning cannot be sent. */
function problemOf(
  item: InputItem,
  follower: Entry | undefined,
  { isComplete, isStored }: AnswerState,
  { isStrict }: ReplayOptions,
): string | undefined {
  if (follower?.fate === 'made') return 'what the reasoning led to has been changed'
  // Some servers send it after what it led to.
  if (follower === undefined && (isStrict || !isComplete)) return 'the reasoning led to nothing'
  if (!isStrict || isStored || Reflect.get(item, 'encrypted_content')) return undefined
  return "the reasoning was not kept, and did not come encrypted: ask for it by `include: ['reasoning.encrypted_content']`"
}

/** The item that reasoning led to. */
function followerOf(entries: readonly Entry[], index: number): Entry | undefined {
  for (let at = index + 1; at < entries.length; at++) {
    const entry = entries[at]
    if (entry !== undefined && Reflect.get(entry.item, 'type') !== 'reasoning') return entry
  }
  return undefined
}

function withoutId(item: InputItem): InputItem {
  const { id: _, ...rest }: Item = { ...item }
  return rest
}
