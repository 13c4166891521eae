import { isJsonObject, type JsonObject } from './json-object.ts'
import { badRequest, Refusal } from './refusal.ts'

/** Reads the JSON object of a request, and no more of it than is allowed. Throws a `Refusal`. */
export async function readBody(request: Request, maxBytes: number): Promise<JsonObject> {
  const length = Number(request.headers.get('content-length') ?? Number.NaN)
  if (length > maxBytes) throw tooLarge(maxBytes)
  // With a length that was announced no more can come.
  const text = Number.isNaN(length) ? await readText(request, maxBytes) : await request.text()
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw badRequest('We could not parse the JSON body of your request.')
  }
  if (!isJsonObject(body)) throw badRequest('The body of the request has to be a JSON object.')
  return body
}

async function readText(request: Request, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder()
  let [text, bytes] = ['', 0]
  for await (const part of request.body ?? []) {
    bytes += part.length
    if (bytes > maxBytes) throw tooLarge(maxBytes)
    text += decoder.decode(part, { stream: true })
  }
  return text + decoder.decode()
}

function tooLarge(maxBytes: number): Refusal {
  const message = `The body of the request is larger than ${maxBytes} bytes.`
  return new Refusal(message, { status: 413, code: 'invalid_request' })
}
