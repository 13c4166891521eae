import { isObject, objectsIn, stringsIn } from './json.ts'
import type { RequestRecord } from './request-record.ts'

/** Which requests a script is for. All that is told has to hold. */
export interface ScriptCondition {
  /** Such as `POST`. */
  readonly method?: string
  /** The path without the query, such as `/v1/responses`; a `*` at the end stands for anything. */
  readonly path?: string
  readonly model?: string
  /** Whether the answer is to be streamed. */
  readonly stream?: boolean
  /** What the last text of the user's has in it, in whatever case. */
  readonly text?: string
  /** A regular expression that the last text of the user's matches. */
  readonly pattern?: string
  /** The name of a tool that the request has. */
  readonly tool?: string
}

/** What of a condition does not hold for a request, in words; nothing where all of it does. */
export function mismatches(condition: ScriptCondition, request: RequestRecord): string[] {
  const { method, path, model, stream, text, pattern, tool } = condition
  const body = isObject(request.body) ? request.body : {}
  const said = lastUserText(request.body)
  const at = request.path.replace(/\?.*$/s, '')
  const wrong: string[] = []
  const check = (name: string, wanted: unknown, fits: boolean, got: unknown): void => {
    if (wanted !== undefined && !fits)
      wrong.push(`${name}: wanted ${JSON.stringify(wanted)}, got ${JSON.stringify(got)}`)
  }
  check('method', method, method === request.method, request.method)
  check('path', path, path?.endsWith('*') ? at.startsWith(path.slice(0, -1)) : at === path, at)
  check('model', model, body['model'] === model, body['model'])
  check('stream', stream, (body['stream'] === true) === stream, body['stream'] === true)
  check('text', text, said.toLowerCase().includes((text ?? '').toLowerCase()), said)
  check('pattern', pattern, new RegExp(pattern ?? '', 'iu').test(said), said)
  const names = toolNames(body['tools'])
  check('tool', tool, names.includes(tool ?? ''), names)
  return wrong
}

/** The last text of the user's in a request, in the form of any vendor; empty where there is none. */
export function lastUserText(body: unknown): string {
  if (!isObject(body)) return ''
  const { messages, input, message } = body
  const simple = stringsIn([message, input]).at(0)
  if (simple !== undefined) return simple
  const turns = [...objectsIn(messages), ...objectsIn(input)]
  const last = turns.findLast(({ role }) => role === 'user')
  if (!last) return ''
  const { content } = last
  return typeof content === 'string'
    ? content
    : objectsIn(content)
        .flatMap((part) => stringsIn([part['text']]))
        .join('')
}

function toolNames(tools: unknown): string[] {
  return objectsIn(tools).flatMap((tool) => {
    const inner = isObject(tool['function']) ? tool['function'] : isObject(tool['custom']) ? tool['custom'] : tool
    return stringsIn([inner['name']])
  })
}
