import { isInterlinguaError } from '@interlingua/core'
import { modelFor, streamOver } from '../ask.ts'
import { expectEqual, expectTrue } from '../expectation.ts'
import { type Law, notApplicable } from '../law.ts'
import { perScenario } from '../per-scenario.ts'
import { essenceOf, read } from '../reading.ts'
import { scriptedFetch } from '../scripted-fetch.ts'
import { bytesOf } from '../scripted-stream.ts'

export const foldEqualsCall: Law = perScenario(
  'fold-equals-call',
  'The fold of a stream equals the unstreamed response.',
  {
    check: async (provider, scenario) => {
      const { answer, prompt = 'Hi', options } = scenario
      if (!answer) return notApplicable('the scenario has no unstreamed answer')
      const { fetch } = scriptedFetch(() => Response.json(answer))
      const called = await modelFor(provider, { fetch })
        .call(prompt, options)
        .catch((error: unknown) => {
          if (isInterlinguaError(error)) return error
          throw error
        })
      const streamed = await read(streamOver(provider, [bytesOf(provider, scenario)], scenario))
      if (!isInterlinguaError(called)) {
        if (streamed.error) throw streamed.error
        expectEqual(streamed.essence, essenceOf(called), 'the fold of the stream, and the call')
        return undefined
      }
      expectEqual(streamed.error?.code, called.code, 'the codes of the errors of the stream, and of the call')
      expectTrue(called.partial !== undefined, 'the error of the call has no partial response')
      expectEqual(streamed.essence, essenceOf(called.partial), 'what had arrived of the stream, and of the call')
      return undefined
    },
  },
)
