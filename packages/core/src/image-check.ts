import { invalidRequest, kindOf } from './invalid-request.ts'

/** Checks that an image, or a file, has an address or bytes. Throws an error of code `invalid_request` where it has not. */
export function checkImage(image: Readonly<Record<string, unknown>>, field: string): void {
  const { url } = image
  if ('url' in image) {
    if (typeof url !== 'string')
      throw invalidRequest(`${field}.url`, `an address is a text, and this is ${kindOf(url)}.`)
    return
  }
  checkBytes(image, field)
}

/** Checks bytes and what they are. Throws an error of code `invalid_request` where they are none. */
export function checkBytes({ data, mediaType }: Readonly<Record<string, unknown>>, field: string): void {
  // By its tag and not by its class, since bytes may come from another realm.
  if (Object.prototype.toString.call(data) !== '[object Uint8Array]') {
    const advice = 'Base64 goes into `url`, as `data:image/png;base64,…`.'
    throw invalidRequest(`${field}.data`, `bytes are a Uint8Array, and this is ${kindOf(data)}. ${advice}`)
  }
  if (typeof mediaType !== 'string') {
    throw invalidRequest(
      `${field}.mediaType`,
      `bytes need a media type such as \`image/png\`, and this is ${kindOf(mediaType)}.`,
    )
  }
}
