import type { Message } from '@interlingua/core'
import type { RunOptions, RunRequest } from './protocol.ts'
import type { LaneSetup, Setup } from './setup.ts'

/** Something in the setup that has to be mended before it can be asked. */
export class SetupProblem extends Error {
  /** Where, in words: `Tool 2, parameters`. */
  readonly place: string

  constructor(place: string, message: string) {
    super(message)
    this.place = place
  }
}

/** What a lane is to ask. Throws a {@link SetupProblem}. */
export function runRequest(setup: Setup, lane: LaneSetup, messages: readonly Message[]): RunRequest {
  const { provider, model, answering, fault, recovery, fallback } = lane
  if (model.trim() === '') throw new SetupProblem('Model', 'Name a model.')
  return {
    provider,
    model,
    // Faults are the simulator's to make.
    answering: fault.kind === 'none' ? answering : 'simulator',
    messages,
    options: runOptions(setup),
    extra: lane.extra.trim() === '' ? {} : objectIn(lane.extra, 'More parameters'),
    pace: setup.pace,
    fault,
    recovery,
    fallback,
  }
}

/** The conversation that a setup begins with. */
export function firstMessages({ system, prompt, images }: Setup): readonly Message[] {
  if (prompt.trim() === '' && images.length === 0) throw new SetupProblem('Prompt', 'Write a prompt.')
  const content = [
    ...(prompt === '' ? [] : [{ type: 'text' as const, text: prompt }]),
    ...images.map((url) => ({ type: 'image' as const, url })),
  ]
  const user: Message = { role: 'user', content: images.length === 0 ? prompt : content }
  return system.trim() === '' ? [user] : [{ role: 'system', content: system }, user]
}

function runOptions({ params, tools, documents, schema }: Setup): RunOptions {
  return {
    ...params,
    ...(tools.length > 0 && {
      tools: tools.map(({ name, description, parameters }, index) => {
        if (name.trim() === '') throw new SetupProblem(`Tool ${index + 1}`, 'Name the tool.')
        return { name, description, parameters: objectIn(parameters, `Tool ${index + 1}, parameters`) }
      }),
    }),
    ...(documents.length > 0 && {
      documents: documents.map(({ id, title, text }) => ({ id, data: { ...(title !== '' && { title }), text } })),
    }),
    ...(schema.trim() !== '' && { schema: objectIn(schema, 'JSON schema') }),
  }
}

function objectIn(text: string, place: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new SetupProblem(place, `This is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SetupProblem(place, 'This has to be a JSON object.')
  }
  return { ...value }
}
