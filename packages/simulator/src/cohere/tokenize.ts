import type { Call, Reply } from '../route.ts'
import { jsonReply, metaOf, readBody, type Contract } from './body.ts'
import { badRequest, refusal, type Problem } from './errors.ts'
import type { Models } from './models.ts'
import { integer, list, text } from './shape.ts'
import { detokenize, tokenize } from './tokenizer.ts'

const tokenizing: Contract = { page: 'tokenize', version: 1, fields: { model: text, text } }
const detokenizing: Contract = { page: 'detokenize', version: 1, fields: { model: text, tokens: list(integer) } }
// Documented.
const longestText = 65_536

/** `POST /v1/tokenize`. The tokens are this package's own, not the model's. */
export function tokenizeText(call: Call, models: Models): Reply {
  const body = readBody(call, tokenizing)
  if ('status' in body) return refusal(call, body)
  const wrong = modelProblem(body.json['model'], models)
  if (wrong) return refusal(call, wrong)
  const words = body.json['text']
  if (typeof words !== 'string' || words === '') {
    return refusal(call, badRequest("invalid request: required 'text' param is missing or empty."))
  }
  if (words.length > longestText) {
    return refusal(call, badRequest(`invalid request: text must be at most ${longestText} characters long.`))
  }
  const tokens = tokenize(words)
  const value = {
    tokens: tokens.map(({ id }) => id),
    token_strings: tokens.map((token) => token.text),
    meta: metaOf(1, body.warnings),
  }
  return jsonReply(value, body.warnings)
}

/** `POST /v1/detokenize`, which undoes `POST /v1/tokenize`. */
export function detokenizeText(call: Call, models: Models): Reply {
  const body = readBody(call, detokenizing)
  if ('status' in body) return refusal(call, body)
  const wrong = modelProblem(body.json['model'], models)
  if (wrong) return refusal(call, wrong)
  const { tokens } = body.json
  if (!Array.isArray(tokens))
    return refusal(call, badRequest("invalid request: required 'tokens' param is missing or empty."))
  return jsonReply({ text: detokenize(tokens.map(Number)), meta: metaOf(1, body.warnings) }, body.warnings)
}

function modelProblem(name: unknown, models: Models): Problem | undefined {
  if (typeof name !== 'string' || name === '') return badRequest('a model parameter is required for this endpoint.')
  const model = models.find(name)
  return 'status' in model ? model : undefined
}
