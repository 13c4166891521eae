import { isInterlinguaError } from '@interlingua/core'
import type { Route, Target } from './routes.ts'

/** Asks the targets of a route in turn, until one answers. Throws what the last one threw; nobody is asked after a stop. */
export async function firstAnswer<Answer>(route: Route, ask: (target: Target) => Promise<Answer>): Promise<Answer> {
  let failure: unknown
  for (const target of route.targets) {
    try {
      return await ask(target)
    } catch (error) {
      if (!isInterlinguaError(error) || error.code === 'aborted') throw error
      failure = error
    }
  }
  throw failure
}
