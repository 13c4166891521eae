import type { WireChatCompletion, WireDelta, WireTokenLogprob, WireUsage } from '@interlingua/openai'

/** What an answer says, added up by the plainest means and apart from the decoders. */
export interface Said {
  content: string
  thinking: string
  refusal: string
  calls: { id: string; name: string; raw: string }[]
  finish: string | undefined
  usage: WireUsage | undefined
  tokens: string[]
  id: string | undefined
  model: string | undefined
}

/** Adds up what the events of a stream, or the one body of a whole answer, say of the choice with an index. */
export function addUp(events: readonly WireChatCompletion[], index = 0, isWhole = false): Said {
  const said: Said = {
    content: '',
    thinking: '',
    refusal: '',
    calls: [],
    finish: undefined,
    usage: undefined,
    tokens: [],
    id: undefined,
    model: undefined,
  }
  for (const event of events) {
    said.id = event.id || said.id
    said.model = event.model || said.model
    said.usage = event.usage ?? event.x_groq?.usage ?? said.usage
    const choice = event.choices.find((each) => each.index === index)
    if (!choice) continue
    said.finish ??= choice.finish_reason ?? undefined
    const { content, refusal, reasoning_content: reasoning } = choice.logprobs ?? {}
    const tokens: WireTokenLogprob[] = [...(reasoning ?? []), ...(content ?? []), ...(refusal ?? [])]
    said.tokens.push(...tokens.map(({ token }) => token))
    addMessage(said, (isWhole ? choice.message : choice.delta) ?? {})
  }
  return said
}

function addMessage(said: Said, delta: WireDelta): void {
  said.refusal += delta.refusal ?? ''
  said.thinking += delta.reasoning_content ?? delta.reasoning ?? ''
  if (typeof delta.content === 'string') said.content += delta.content
  else {
    for (const part of delta.content ?? []) {
      if (part.type === 'text') said.content += part.text
      else said.thinking += part.thinking.map(({ text }) => text).join('')
    }
  }
  for (const [position, call] of (delta.tool_calls ?? []).entries()) {
    const at = call.index ?? position
    const known = (said.calls[at] ??= { id: '', name: '', raw: '' })
    known.id ||= call.id ?? ''
    known.name ||= call.function?.name ?? ''
    known.raw += call.function?.arguments ?? ''
  }
}
