import { runSuite } from './suite.ts'

/** For browsers: a page that sends the results to where it came from; the address is in the query. */
const results = await runSuite(new URL(location.href).searchParams.get('baseURL') ?? '')
await fetch('/results', { method: 'POST', body: JSON.stringify(results) })
