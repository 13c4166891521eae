import { isObject, parsedJson, type JsonObject } from '../json.ts'
import type { Frame } from '../route.ts'

/** Replaces each event of a stream by those that `map` returns, in the same framing; what is no JSON object stays. */
export function* mapEvents(
  frames: Iterable<Frame>,
  map: (event: JsonObject) => readonly JsonObject[],
): Generator<Frame> {
  for (const frame of frames) {
    const [, name, data] = /^(?:event: (.*)\ndata: )?(\{.*\})\n+$/.exec(String(frame.text)) ?? []
    const event = parsedJson(data ?? '')
    if (!isObject(event)) yield frame
    else for (const other of map(event)) yield { text: written(other, name !== undefined), tokens: frame.tokens }
  }
}

function written(event: JsonObject, named: boolean): string {
  const data = JSON.stringify(event)
  return named ? `event: ${String(event['type'] ?? event['event_type'])}\ndata: ${data}\n\n` : `${data}\n`
}
