import { modelFor, streamOver, streamResponse } from '../ask.ts'
import { expectEqual } from '../expectation.ts'
import type { Law } from '../law.ts'
import { inSituations } from '../per-scenario.ts'
import { read } from '../reading.ts'
import { scriptedFetch } from '../scripted-fetch.ts'
import { bytesOf, encodeEvents } from '../scripted-stream.ts'
import { afterLineEnds, inPieces } from '../split.ts'

export const concurrency: Law = inSituations(
  'concurrency',
  'Streams that run at the same time do not disturb each other.',
  {
    'all scenarios at once, line by line': async (provider) => {
      const { scenarios } = provider
      const alone = []
      for (const scenario of scenarios) {
        alone.push((await read(streamOver(provider, [bytesOf(provider, scenario)], scenario))).essence)
      }
      const together = await Promise.all(
        scenarios.map((scenario) => read(streamOver(provider, afterLineEnds(bytesOf(provider, scenario)), scenario))),
      )
      expectEqual(
        together.map(({ essence }) => essence),
        alone,
        'the responses',
      )
    },
    'fifty streams of one model': async (provider) => {
      const texts = Array.from({ length: 50 }, (_, index) => [`stream ${index}`, ', ', 'piece by piece'])
      const { fetch } = scriptedFetch(({ body }) => {
        const index = /number (\d+)\./.exec(JSON.stringify(body))?.[1] ?? 0
        return streamResponse(
          provider,
          inPieces(encodeEvents(provider, provider.streamText(texts[Number(index)] ?? [])), 9),
        )
      })
      const model = modelFor(provider, { fetch })
      const answers = await Promise.all(texts.map((_, index) => model.stream(`number ${index}.`).response()))
      expectEqual(
        answers.map(({ content }) => content),
        texts.map((pieces) => pieces.join('')),
        'the texts',
      )
    },
  },
)
