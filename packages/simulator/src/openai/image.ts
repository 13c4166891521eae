import { badRequest, type Problem } from './problem.ts'

/** The tokens of an image of high detail and about one tile; nobody looks at it. */
export const imageTokens = 255

/** What is wrong with the URL of an image. The wording of the last one is documented, where it is said of a format. */
export function imageProblem(url: string, param: string): Problem | undefined {
  const data = /^data:([^;,]*)(;base64)?,(.*)$/s.exec(url)
  if (!data) {
    if (/^https?:\/\/[^\s/]+/.test(url)) return undefined
    const words = 'Expected a valid URL, but got a value with an invalid format.'
    return badRequest(`Invalid '${param}'. ${words}`, param, 'invalid_value')
  }
  const [, type = '', base64, body = ''] = data
  if (base64 === undefined || body === '' || !/^[A-Za-z0-9+/=_-]+$/.test(body)) {
    const words = 'Expected a base64-encoded data URL with an image MIME type, but got a value without one.'
    return badRequest(`Invalid '${param}'. ${words}`, param, 'invalid_base64')
  }
  if (/^image\/(?:png|jpe?g|gif|webp)$/.test(type)) return undefined
  const formats = "['png', 'jpeg', 'gif', 'webp']"
  return badRequest(
    `You uploaded an unsupported image. Please make sure your image has of one the following formats: ${formats}.`,
    param,
    'invalid_image_format',
  )
}
