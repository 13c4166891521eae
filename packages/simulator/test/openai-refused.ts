import { createSimulator } from '../src/index.ts'

/** The body of a refusal. */
interface Refusal {
  error: { message: string; type: string; param: string | null; code: string | null }
}

/** Status and error of a request to OpenAI that is refused. */
export async function refusedBy(
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<[number, Refusal['error']]> {
  const response = await createSimulator().fetch(`https://api.openai.com/v1${path}`, {
    method: 'POST',
    headers: { authorization: 'Bearer test', 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const { error }: Refusal = JSON.parse(await response.text())
  return [response.status, error]
}
