import {
  itemsIn,
  type Loose,
  numberIn,
  textIn,
  type Usage,
  type Warning,
  withoutUndefined,
} from '@interlingua/core/adapter'
import { decodeUsage } from './usage.ts'

/** What Cohere's endpoints beside chat tell about an answer. */
export interface WireMeta {
  api_version?: { version: string; is_deprecated?: boolean; is_experimental?: boolean }
  billed_units?: {
    images?: number
    input_tokens?: number
    image_tokens?: number
    output_tokens?: number
    search_units?: number
    classifications?: number
    pages?: number
  }
  tokens?: { input_tokens?: number; output_tokens?: number }
  cached_tokens?: number
  warnings?: string[]
}

/** Reads what an answer consumed. Cohere tells for embeddings and reranking what it bills, and seldom more. */
export function decodeMeta(meta: Loose<WireMeta> | null | undefined): Usage {
  const usage = decodeUsage(meta ?? {})
  if (!usage.billed) return usage
  const { images, image_tokens: imageTokens } = meta?.billed_units ?? {}
  const ofImages = withoutUndefined({ images: numberIn(images), imageTokens: numberIn(imageTokens) })
  return { ...usage, billed: { ...usage.billed, ...ofImages } }
}

/** The warnings in an answer, which come beside those in its headers. */
export function decodeMetaWarnings(meta: Loose<WireMeta> | null | undefined): readonly Warning[] {
  return itemsIn(meta?.warnings).map((message) => ({
    code: 'provider',
    message: textIn(message) ?? JSON.stringify(message),
  }))
}
