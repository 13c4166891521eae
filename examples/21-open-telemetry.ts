// Traces: a middleware that makes a span of each call, in the words of OpenTelemetry's conventions for generative AI
// (https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/). The exporter here keeps the spans in memory.
import { isInterlinguaError, middleware, type MiddlewareHooks, type MiddlewareRequest } from '@interlingua/core'
import { type Span, SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { connect } from './connect.ts'

/** A span for each call. What is said is not recorded: prompts and answers may be private. */
function traced(tracer: Tracer): MiddlewareHooks {
  const spans = new WeakMap<MiddlewareRequest, Span>()
  return {
    request: (request) => {
      const { provider, model, options } = request
      const attributes = {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': provider,
        'gen_ai.request.model': model,
        'gen_ai.request.temperature': options.temperature,
        'gen_ai.request.top_p': options.topP,
        'gen_ai.request.top_k': options.topK,
        'gen_ai.request.max_tokens': options.maxTokens,
        'gen_ai.request.frequency_penalty': options.frequencyPenalty,
        'gen_ai.request.presence_penalty': options.presencePenalty,
        'gen_ai.request.seed': options.seed,
        'gen_ai.request.stop_sequences': options.stop && [...options.stop],
      }
      spans.set(request, tracer.startSpan(`chat ${model}`, { kind: SpanKind.CLIENT, attributes }))
    },
    finish: ({ response, partial, error }, request) => {
      const span = spans.get(request)
      const { usage, id, model, finishReason } = response ?? partial ?? {}
      span?.setAttributes({
        'gen_ai.response.id': id,
        'gen_ai.response.model': model,
        'gen_ai.response.finish_reasons': response && finishReason ? [finishReason.unified] : undefined,
        // The buckets of usage are disjoint, and the conventions want all tokens of a kind together.
        'gen_ai.usage.input_tokens': sum(usage?.inputTokens, usage?.cacheReadTokens, usage?.cacheWriteTokens),
        'gen_ai.usage.output_tokens': sum(usage?.outputTokens, usage?.reasoningTokens),
        'error.type': error === undefined ? undefined : isInterlinguaError(error) ? error.code : '_OTHER',
      })
      if (error !== undefined) {
        span?.setStatus({ code: SpanStatusCode.ERROR, ...(error instanceof Error && { message: error.message }) })
      }
      span?.end()
    },
  }
}

function sum(...counts: readonly (number | undefined)[]): number | undefined {
  const known = counts.filter((count) => count !== undefined)
  return known.length > 0 ? known.reduce((total, count) => total + count, 0) : undefined
}

await using connection = await connect({
  scripts: [
    {
      times: 2,
      text: 'Try Momo.',
      cohere: {
        usage: { tokens: { input_tokens: 70, output_tokens: 4 }, billed_units: { input_tokens: 4, output_tokens: 4 } },
      },
    },
    { status: 500 },
  ],
})
const exporter = new InMemorySpanExporter()
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })

const model = middleware(connection.cohere('command-a-03-2025'), traced(provider.getTracer('interlingua')))
await model.call('Recommend a fantasy book', { temperature: 0.3 })
await model.stream('Recommend a fantasy book').response()
await model.call('Recommend a fantasy book').catch(() => {})

for (const { name, attributes, status } of exporter.getFinishedSpans()) {
  const told = ['request.temperature', 'response.finish_reasons', 'usage.input_tokens', 'usage.output_tokens']
  const values = told.map((key) => attributes[`gen_ai.${key}`])
  console.log(name, JSON.stringify(values), attributes['error.type'] ?? '', SpanStatusCode[status.code])
}
