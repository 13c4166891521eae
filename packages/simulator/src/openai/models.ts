/** What the simulator knows of a model of OpenAI's (https://platform.openai.com/docs/models). */
export interface Model {
  readonly id: string
  /** What answers name: the snapshot behind an alias, as recorded where it was. */
  readonly snapshot: string
  readonly kind: 'chat' | 'embedding'
  readonly contextLength: number
  /** Most tokens of an answer. */
  readonly maxOutput: number
  /** Thinks before it answers, and refuses what does not go with that. */
  readonly reasons: boolean
  /** Takes images. */
  readonly sees: boolean
  /** The effort when a request names none; `undefined` for models that do not think. */
  readonly effort?: string
  /** The size of a vector. */
  readonly dimensions: number
  /** Whether a smaller size can be asked for. */
  readonly shortens: boolean
}

function chat(id: string, snapshot: string, contextLength: number, maxOutput: number, sees = true): Model {
  const none = { reasons: false, dimensions: 0, shortens: false }
  return { ...none, id, snapshot: snapshotOf(id, snapshot), kind: 'chat', contextLength, maxOutput, sees }
}

function reasoner(id: string, snapshot: string, contextLength: number, maxOutput: number, effort = 'medium'): Model {
  return { ...chat(id, snapshot, contextLength, maxOutput), reasons: true, effort }
}

function embedder(id: string, dimensions: number, shortens: boolean): Model {
  const none = { maxOutput: 0, reasons: false, sees: false }
  return { ...none, id, snapshot: id, kind: 'embedding', contextLength: 8_192, dimensions, shortens }
}

function snapshotOf(id: string, snapshot: string): string {
  return /^\d/.test(snapshot) ? `${id}-${snapshot}` : snapshot
}

/** The models that OpenAI's service has here. */
export const models: readonly Model[] = [
  chat('gpt-3.5-turbo', '0125', 16_385, 4_096, false),
  chat('gpt-4', '0613', 8_192, 8_192, false),
  chat('gpt-4-turbo', '2024-04-09', 128_000, 4_096),
  chat('gpt-4o', '2024-08-06', 128_000, 16_384),
  chat('gpt-4o-mini', '2024-07-18', 128_000, 16_384),
  chat('gpt-4.1', '2025-04-14', 1_047_576, 32_768),
  chat('gpt-4.1-mini', '2025-04-14', 1_047_576, 32_768),
  chat('gpt-4.1-nano', '2025-04-14', 1_047_576, 32_768),
  reasoner('o1', '2024-12-17', 200_000, 100_000),
  reasoner('o3', '2025-04-16', 200_000, 100_000),
  reasoner('o3-mini', '2025-01-31', 200_000, 100_000),
  reasoner('o4-mini', '2025-04-16', 200_000, 100_000),
  reasoner('gpt-5', '2025-08-07', 400_000, 128_000),
  reasoner('gpt-5-mini', '2025-08-07', 400_000, 128_000),
  reasoner('gpt-5-nano', '2025-08-07', 400_000, 128_000),
  reasoner('gpt-5.1', '2025-11-13', 400_000, 128_000, 'none'),
  reasoner('gpt-5.2', '2025-12-11', 400_000, 128_000, 'none'),
  reasoner('gpt-5.6', 'gpt-5.6-sol', 400_000, 128_000),
  reasoner('gpt-5.6-sol', 'gpt-5.6-sol', 400_000, 128_000),
  embedder('text-embedding-3-small', 1_536, true),
  embedder('text-embedding-3-large', 3_072, true),
  embedder('text-embedding-ada-002', 1_536, false),
]

/** The model of that name; a dated snapshot is the model of its family. */
export function findModel(id: string): Model | undefined {
  const exact = models.find((model) => model.id === id || model.snapshot === id)
  if (exact) return exact.id === id ? exact : { ...exact, id, snapshot: id }
  const family = /^(.+)-\d{4}-\d{2}-\d{2}$/.exec(id)?.[1]
  const model = models.find((known) => known.id === family)
  return model && { ...model, id, snapshot: id }
}

/** A model of another server: nothing is known of it but its name. */
export function otherModel(id: string, reasons: boolean): Model {
  const embeds = /embed|bge|e5-|minilm/i.test(id)
  const model = embeds ? embedder(id, 1_024, false) : chat(id, id, 131_072, 131_072)
  return { ...model, snapshot: id, reasons }
}
