// Where an answer differs from the recorded one, and why. The tests let pass nothing else, and the report prints it.

/** Exchanges with Cohere that are not sent again. */
export const cohereUnlike: readonly (readonly [RegExp, string])[] = [
  [/\/v1\/generate$/, 'deprecated since September 2025; there is no such endpoint here'],
]

/** What an answer of Cohere's need not have, or may have in addition: paths of fields. */
export const cohereOptional: readonly (readonly [RegExp, string])[] = [
  [/^\.id$/, 'errors have an id since 2025 only'],
  [/cached_tokens$/, 'told since 2025 only'],
  [/reasoning_tokens$/, 'told in 2026 only'],
  [/image_tokens$/, 'told by embed models of the fourth generation, and where there are images'],
  [/^\.message\.citations\[\]\.type$/, 'told since 2025 only'],
  [/\.warnings(?:\[\])?$/, 'a model was not announced as deprecated until some months before its end'],
  [/\.features(?:\[\])?$/, 'told since 2025 only'],
  [/\.(?:default_endpoints|endpoints)\[\]$/, 'a model is not the default for ever'],
  [/sampling_defaults/, 'documented, and never recorded'],
  [/\.is_deprecated$/, 'documented, and never recorded'],
  [/tool_call_delta\.parameters$/, 'no pieces where a tool takes no arguments'],
  [/\.config/, "internals of the vendor's, which two answers show by mistake"],
]

/** Exchanges that differ for a reason: what they need is no part of a request, or is no endpoint here. */
export const openaiUnlike: readonly (readonly [RegExp, string])[] = [
  [/\/v1\/(?:audio|images|rerank)\b|\/props/, 'there is no such endpoint here'],
  [/llamacpp\/error_matrix__context_overflow/, 'its server was started with a context of 512 tokens'],
  [/llamacpp\/error_matrix__embeddings/, 'its server was started with other flags'],
  [/llamacpp\/error_matrix__tools_without_jinja/, 'its server was started with other flags'],
  [/llamacpp\/multimodal_matrix__(?:image_without|unfetchable)/, 'its server was started with other files'],
  [/^openai\/ollama\//, "recorded of Ollama's own /api/chat"],
]

/** What an answer need not have, or may have in addition. */
export const openaiOptional: readonly (readonly [RegExp, string])[] = [
  [/cache_write_tokens$/, 'told since 2026 only'],
  [/output_schema$/, 'told since 2026 only'],
  [/mistral.*usage\.service_tier$/, 'told since 2026 only'],
  [/prompt_tokens_details\.cached_tokens$/, 'told by Groq where there are some'],
  [/related_questions/, 'found by searching'],
  [/prompt_audio_seconds$|prompt_tokens_details\.audio_tokens$/, 'audio is not measured'],
]

export type Aspect = 'what is said' | 'order' | 'framing' | 'fields'

/** Streams that differ in one respect, and why. */
export const openaiDifferent: readonly (readonly [RegExp, Aspect, string])[] = [
  [/openrouter\//, 'framing', 'the comments tell of time that passes'],
  [/xai\//, 'framing', 'the comments tell of time that passes'],
  [
    /openrouter\/(?:streaming_logprobs.*gpt_4_1_mini_length|terminal_metadata.*4_1_mini_tiny_plain)/,
    'what is said',
    'a limit below 16 is raised, for some providers',
  ],
  [/openrouter\/openai_responses/, 'order', 'its items overlap, as those of the provider do'],
  [/terminal_metadata_matrix|response_shape|two_candidates/, 'order', 'how several choices take turns is chance'],
  [/mistral\/multimodal/, 'order', 'whether the last piece has the finish reason is chance'],
  [/openai\/openai\/raw_stream_capture/, 'what is said', 'thoughts of one word have no summary'],
  [/openai\/openai\/raw_stream_capture/, 'order', 'thoughts of one word have no summary'],
  [/openai\/openai\/raw_stream_capture/, 'fields', 'thoughts of one word have no summary'],
  [/mistral\/multimodal/, 'fields', 'whether the last piece has the finish reason is chance'],
  [/openrouter\/openai_responses/, 'fields', 'what the provider thinks is not shown'],
  [/openrouter\/(?:reasoning_tool_roundtrip|streaming_tools__stream_enc)/, 'what is said', 'not all thoughts are told'],
  [/openrouter\/(?:reasoning_tool_roundtrip|streaming_tools__stream_enc)/, 'order', 'not all thoughts are told'],
  [/openrouter\/(?:reasoning_tool_roundtrip|streaming_tools__stream_enc)/, 'fields', 'not all thoughts are told'],
  [/deepseek\/prompt_caching/, 'fields', 'it has thought nothing'],
]
