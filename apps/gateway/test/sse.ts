/** An event as it stands on the wire. */
export interface SentEvent {
  readonly event?: string
  readonly data: string
}

/** The events of a body, as they were sent. */
export async function eventsOf(response: Response): Promise<SentEvent[]> {
  const text = await response.text()
  return text
    .split('\n\n')
    .filter((block) => block !== '')
    .map((block) => {
      const lines = block.split('\n')
      const event = lines.find((line) => line.startsWith('event: '))?.slice('event: '.length)
      const data = lines.find((line) => line.startsWith('data: '))?.slice('data: '.length) ?? ''
      return event === undefined ? { data } : { event, data }
    })
}
