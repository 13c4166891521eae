import { badRequest, type Problem } from './errors.ts'
import type { Model } from './models.ts'
import type { ChatRequest } from './wire.ts'

/** An image in a request. */
export interface ImageUrl {
  readonly url: string
  readonly detail?: string | null
}

const mostImages = 20
const mostBytes = 20_000_000
const tile = 512
const tokensPerTile = 256
// Recorded: 259 tokens for a small image.
const tokensAround = 3

/**
 * The tokens of an image by the documented rule: one tile for a small one or for low detail, otherwise one for each 512
 * by 512 pixels and one more for the preview. An image that is only linked to counts as small: nobody looks at it.
 */
export function imageTokens({ url, detail }: ImageUrl): number {
  const image = detail === 'low' ? undefined : imageSize(url)
  if (!image) return tokensPerTile + tokensAround
  const [long, short] = [Math.max(image.width, image.height), Math.min(image.width, image.height)]
  if (detail !== 'high' && long <= 768) return tokensPerTile + tokensAround
  const scale = Math.min(1, 2048 / long, 1536 / short)
  const tiles = Math.ceil((long * scale) / tile) * Math.ceil((short * scale) / tile)
  return (tiles > 1 ? tiles + 1 : 1) * tokensPerTile + tokensAround
}

/** What is wrong with the images of a request; the limits are documented, the wording is this package's own. */
export function imagesProblem({ messages }: ChatRequest, model: Model): Problem | undefined {
  const parts = messages.flatMap(({ content }) => (typeof content === 'string' ? [] : (content ?? [])))
  const images = parts.filter(({ type }) => type === 'image_url')
  if (images.length === 0) return undefined
  if (!model.sees) return badRequest(`invalid request: image inputs are not supported by the model '${model.id}'.`)
  if (images.length > mostImages) {
    return badRequest(`invalid request: at most ${mostImages} images are allowed - received ${images.length}.`)
  }
  let bytes = 0
  for (const { image_url } of images) {
    if (!image_url?.url) return badRequest('invalid request: image_url.url must not be empty.')
    const { url, detail } = image_url
    if (!/^(?:https?:\/\/|data:image\/(?:png|jpe?g|webp|gif);base64,)./.test(url)) {
      return badRequest(
        'invalid request: an image must be a http(s) URL, or a base64 data URL of png, jpeg, webp or gif.',
      )
    }
    if (detail != null && !['auto', 'low', 'high'].includes(detail)) {
      return badRequest(`invalid request: image detail must be one of 'auto', 'low', or 'high' - received '${detail}'.`)
    }
    if (url.startsWith('data:')) bytes += (url.length - url.indexOf(',')) * 0.75
  }
  return bytes > mostBytes ? badRequest('invalid request: images must not exceed 20 MB in total.') : undefined
}

/** What the beginning of a PNG or GIF in a data URL tells of it, in the vendor's words; `undefined` for other images. */
export function imageSize(
  url: string,
): { width: number; height: number; format: string; bit_depth: number } | undefined {
  const data = /^data:image\/(?:png|gif);base64,([A-Za-z0-9+/]{36})/.exec(url)?.[1]
  if (data === undefined) return undefined
  const view = new DataView(Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0)).buffer)
  if (view.getUint32(0) === 0x89504e47) {
    return { width: view.getUint32(16), height: view.getUint32(20), format: 'png', bit_depth: view.getUint8(24) }
  }
  if (view.getUint32(0) !== 0x47494638) return undefined
  return { width: view.getUint16(6, true), height: view.getUint16(8, true), format: 'gif', bit_depth: 8 }
}
