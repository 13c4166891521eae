import { runSuite } from './suite.ts'

/** For workerd: a worker that answers with the results; the address is in the query. */
export default {
  async fetch(request: Request): Promise<Response> {
    return Response.json(await runSuite(new URL(request.url).searchParams.get('baseURL') ?? ''))
  },
}
