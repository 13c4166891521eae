/** One event of a scripted stream, in the provider's wire format. */
export interface ScriptedEvent {
  /** The name that a server-sent event has, where it has one. Streams of lines have none. */
  readonly event?: string
  /** What it says: an object, which is written as JSON, or a text that is sent as it is, such as `[DONE]`. */
  readonly data: object | string
}

/** The data of an event as one line of text. */
export function dataOf({ data }: ScriptedEvent): string {
  return typeof data === 'string' ? data : JSON.stringify(data)
}
