import type { RunRecord, RunRequest } from '../src/protocol.ts'
import { firstMessages, runRequest } from '../src/run-request.ts'
import { firstSetup, type LaneSetup, newLane, type Setup } from '../src/setup.ts'

/** A setup that answers as fast as it can. */
export const fastSetup: Setup = { ...firstSetup, pace: { firstTokenMs: 0, tokensPerSecond: 0 } }

/** What a lane of a setup asks at first. */
export function requestOf(setup: Partial<Setup> = {}, lane: Partial<LaneSetup> = {}): RunRequest {
  const whole = { ...fastSetup, ...setup }
  const target = { provider: 'cohere', model: 'command-a-03-2025' }
  return runRequest(whole, { ...newLane(target), ...lane }, firstMessages(whole))
}

/** Sends a run as the page does. */
export function sendRun(url: string, request: RunRequest, signal?: AbortSignal): Promise<Response> {
  return fetch(`${url}/api/runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(request),
    ...(signal && { signal }),
  })
}

/** All records of a run. */
export async function recordsOf(url: string, request: RunRequest): Promise<readonly RunRecord[]> {
  const response = await sendRun(url, request)
  if (!response.ok) throw new Error(await response.text())
  const lines = (await response.text()).trimEnd().split('\n')
  return lines.map((line) => JSON.parse(line) as RunRecord)
}

/** The record of a kind that there is one of. */
export function recordOf<Type extends RunRecord['type']>(
  records: readonly RunRecord[],
  type: Type,
): Extract<RunRecord, { readonly type: Type }> {
  const found = records.find((record): record is Extract<RunRecord, { readonly type: Type }> => record.type === type)
  if (found) return found
  throw new Error(`there is no record ${type}, but ${records.map((record) => record.type).join(', ')}.`)
}
