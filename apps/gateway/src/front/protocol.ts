/** A protocol that callers speak with the gateway, and that it may speak with a provider. */
export type Protocol = 'openai-chat' | 'openai-responses' | 'cohere-chat'

/** Every endpoint that callers have, as logs and metrics name it. */
export type EndpointName = Protocol | 'openai-embeddings' | 'cohere-embed' | 'cohere-rerank'
