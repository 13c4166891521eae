import type { ScriptedUsage } from '../script.ts'
import { countTokens } from '../tokens.ts'
import { imageTokens } from './images.ts'
import { textOf } from './message-text.ts'
import type { Meter } from './meter.ts'
import type { Model } from './models.ts'
import { documentSources, textsOf } from './sources.ts'
import type { ChatRequest, Message, Usage } from './wire.ts'

// Recorded: each image is billed one token less than it is counted.
const unbilledPerImage = 1
// Recorded counts of cached tokens are multiples of this.
const cacheBlock = 16
// Recorded: 2583 characters for a prompt of 5.
const templateChars = 2578
// Recorded: about so many tokens more with tools, or with documents; they are not billed.
const sourcesTemplate = 900

/** What a request cost, with what the meter has counted of its answer. */
export function usageOf(meter: Meter, request: ChatRequest, model: Model): Usage {
  const images = request.messages.flatMap(imagesOf)
  const imageCount = sum(images, imageTokens)
  const grounds = sum(toolTexts(request), countTokens) + sum(documentTexts(request), countTokens)
  const input = sum(request.messages, messageTokens) + grounds
  const template = model.templateTokens + (grounds > 0 ? sourcesTemplate : 0)
  const cacheable = template + input - messageTokens(request.messages.at(-1))
  const { thinking } = meter.counts
  return {
    billed_units: { input_tokens: input + imageCount - images.length * unbilledPerImage, output_tokens: meter.total },
    tokens: {
      input_tokens: template + input,
      output_tokens: meter.total + marks(meter),
      ...(thinking > 0 && { reasoning_tokens: thinking }),
      ...(images.length > 0 && { image_tokens: imageCount }),
    },
    cached_tokens: cacheable - (cacheable % cacheBlock),
  }
}

/** The usage with what a script tells in place of what was counted. */
export function toldUsage(counted: Usage, told: ScriptedUsage | undefined): Usage {
  if (!told) return counted
  const { billed_units: billed, tokens, cached_tokens: cached = 0 } = counted
  const { inputTokens: input, outputTokens: output, cachedTokens = cached, reasoningTokens: reasoning } = told
  const units = {
    ...(input !== undefined && { input_tokens: input }),
    ...(output !== undefined && { output_tokens: output }),
  }
  return {
    billed_units: { ...billed, ...units },
    tokens: { ...tokens, ...units, ...(reasoning !== undefined && { reasoning_tokens: reasoning }) },
    cached_tokens: cachedTokens,
  }
}

/** The characters of the whole prompt, for the header `num_chars`. */
export function promptChars(request: ChatRequest): number {
  const grounds = [...toolTexts(request), ...documentTexts(request)]
  return (
    templateChars + sum(request.messages, (message) => textOf(message).length) + sum(grounds, ({ length }) => length)
  )
}

/** About how many tokens the request's own texts are, for the check against what the model can read. */
export function promptTokens(request: ChatRequest): number {
  return sum(request.messages, messageTokens) + sum(documentTexts(request), countTokens)
}

/**
 * Tokens of the answer that nobody sees. Recorded: two around each block, of which a cut answer has not reached the
 * last (9 to 11, 50 to 54, 4 to 5); ten for a citation; 29 around one tool call and 51 around two.
 */
function marks(meter: Meter): number {
  const { blocks, citations, calls } = meter.begun
  return 2 * blocks - (meter.cut && blocks > 0 ? 1 : 0) + 10 * citations + (calls > 0 ? 7 + 22 * calls : 0)
}

function messageTokens(message: Message | undefined): number {
  if (!message) return 0
  const calls = (message.tool_calls ?? []).map((call) => `${call.function?.name} ${call.function?.arguments}`)
  return countTokens(textOf(message)) + countTokens(message.tool_plan ?? '') + sum(calls, countTokens)
}

function toolTexts({ tools }: ChatRequest): string[] {
  return (tools ?? []).map(({ function: tool }) => {
    // What a tool is written in is the template's, and not billed: braces, and the words of JSON schema.
    const words = JSON.stringify(tool?.parameters ?? {}).match(/[A-Za-z][\w ]*/g) ?? []
    return [tool?.name, tool?.description, ...words.filter((word) => !schemaWords.has(word))].join(' ')
  })
}

const schemaWords = new Set([
  'type',
  'object',
  'properties',
  'required',
  'description',
  'additionalProperties',
  'false',
  'title',
])

function documentTexts({ documents }: ChatRequest): string[] {
  return documentSources(documents ?? []).flatMap((source) => textsOf(source).map(([, text]) => text))
}

function imagesOf({ content }: Message): { url: string; detail?: string | null }[] {
  if (typeof content === 'string') return []
  return (content ?? []).flatMap(({ image_url }) => image_url ?? [])
}

function sum<T>(items: readonly T[], measure: (item: T) => number): number {
  return items.reduce((total, item) => total + measure(item), 0)
}
