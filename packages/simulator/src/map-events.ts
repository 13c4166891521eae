import { isObject, parsedJson, type JsonObject } from './json.ts'
import type { Frame } from './route.ts'

/** Replaces each event of a stream by those that `map` returns, in the same framing; what is no JSON object stays. */
export function* mapEvents(
  frames: Iterable<Frame>,
  map: (event: JsonObject) => readonly JsonObject[],
): Generator<Frame> {
  for (const frame of frames) {
    const [, name, prefix, data, end = ''] = /^(event: .*\n)?(data: )?(\{.*\})(\n+)$/.exec(String(frame.text)) ?? []
    const event = parsedJson(data ?? '')
    if (!isObject(event)) yield frame
    else {
      for (const other of map(event)) {
        const named = name === undefined ? '' : `event: ${String(other['type'] ?? other['event_type'])}\n`
        yield { text: `${named}${prefix ?? ''}${JSON.stringify(other)}${end}`, tokens: frame.tokens }
      }
    }
  }
}
