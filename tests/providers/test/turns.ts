/** The turns of a conversation in the body of a request, whichever API it is for. */
export function turnsOf(body: Readonly<Record<string, unknown>>): readonly unknown[] {
  const { messages, input, chat_history: history = [], message, preamble } = body
  if (Array.isArray(messages)) return messages
  if (Array.isArray(input)) return input
  return [{ preamble }, ...(history as readonly unknown[]), { role: 'USER', message }]
}
