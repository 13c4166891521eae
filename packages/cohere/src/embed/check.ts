import { isObject } from '@interlingua/core/adapter'
import { checkImage, invalidRequest, kindOf } from '@interlingua/core/encoding'
import { mostInputs } from './batch.ts'

/**
 * Checks what an embedding model is called with, which may be anything where it comes from plain JavaScript. Throws an
 * error of code `invalid_request` that names the place.
 */
export function checkCall(inputs: unknown, options: unknown): void {
  if (!Array.isArray(inputs)) {
    throw invalidRequest(
      'inputs',
      `the inputs are an array, also where there is only one, and this is ${kindOf(inputs)}.`,
    )
  }
  if (inputs.length === 0) throw invalidRequest('inputs', 'there is nothing to embed.')
  for (const [index, input] of inputs.entries()) checkInput(input, `inputs[${index}]`)
  const { inputType, embeddingTypes: types, batchSize = 1, maxConcurrency = 1 } = isObject(options) ? options : {}
  if (typeof inputType !== 'string') {
    const example = "`{ inputType: 'search_document' }`"
    throw invalidRequest('inputType', `the options have to say what the vectors are for, for example ${example}.`)
  }
  if (types !== undefined && (!Array.isArray(types) || types.length === 0)) {
    throw invalidRequest('embeddingTypes', 'this has to be an array of one type or more. Leave it out for `float`.')
  }
  if (!Number.isInteger(batchSize) || Number(batchSize) < 1 || Number(batchSize) > mostInputs) {
    throw invalidRequest(
      'batchSize',
      `Cohere takes 1 to ${mostInputs} inputs at a time, and this is ${String(batchSize)}.`,
    )
  }
  if (typeof maxConcurrency !== 'number' || !(maxConcurrency >= 1)) {
    throw invalidRequest('maxConcurrency', `this has to be 1 or more, and is ${String(maxConcurrency)}.`)
  }
}

function checkInput(input: unknown, field: string): void {
  if (typeof input === 'string') return
  if (!isObject(input))
    throw invalidRequest(field, `an input is a text, an image or both, and this is ${kindOf(input)}.`)
  if (!('content' in input)) return checkImage(input, field)
  const { content } = input
  if (!Array.isArray(content)) {
    throw invalidRequest(`${field}.content`, `this has to be an array of parts, and is ${kindOf(content)}.`)
  }
  for (const [index, part] of content.entries()) checkPart(part, `${field}.content[${index}]`)
}

function checkPart(part: unknown, field: string): void {
  if (isObject(part) && part['type'] === 'image') return checkImage(part, field)
  if (isObject(part) && part['type'] === 'text' && typeof part['text'] === 'string') return
  throw invalidRequest(field, 'a part is an object of type text, with a `text`, or of type image.')
}
