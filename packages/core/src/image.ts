/** An image for the model to look at. */
export type ImagePart = ImageUrlPart | ImageDataPart

/** An image at an address: `https:`, or a `data:` URL. It is the provider that fetches it. */
export interface ImageUrlPart {
  readonly type: 'image'
  readonly url: string
  /** How closely to look, where the provider can be told. Default: its own choice. */
  readonly detail?: 'auto' | 'low' | 'high'
}

/** An image as bytes. */
export interface ImageDataPart {
  readonly type: 'image'
  readonly data: Uint8Array
  /** For example `image/png`. */
  readonly mediaType: string
  /** How closely to look, where the provider can be told. Default: its own choice. */
  readonly detail?: 'auto' | 'low' | 'high'
}

/** The address of an image; bytes become a `data:` URL. */
export function imageUrl(image: ImagePart): string {
  return 'url' in image ? image.url : dataUrl(image)
}

/** Bytes as a `data:` URL. */
export function dataUrl({ data, mediaType }: { readonly data: Uint8Array; readonly mediaType: string }): string {
  return `data:${mediaType};base64,${base64(data)}`
}

/** Bytes as Base64. */
export function base64(bytes: Uint8Array): string {
  let binary = ''
  // In slices, since a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8_192) binary += String.fromCharCode(...bytes.subarray(at, at + 8_192))
  return btoa(binary)
}

/** The bytes that a Base64 text stands for. Throws a `DOMException` where it is none. */
export function bytesOfBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}
