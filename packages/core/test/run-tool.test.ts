import fc from 'fast-check'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { z } from 'zod'
import { defineTool, runTool, type ToolCall, type ToolDefinition } from '../src/index.ts'
import { ToolRunner } from '../src/tool-runner.ts'

const call = (name: string, args: unknown = {}, id = 'call_1'): ToolCall => ({
  id,
  name,
  args,
  raw: JSON.stringify(args),
})

describe('what comes of a tool call', () => {
  const weather = defineTool({
    name: 'weather',
    input: z.object({ city: z.string(), days: z.coerce.number().default(1) }),
    run: async ({ city, days }, { unit }: { unit: string }) => ({ city, days, unit }),
  })
  const context = { unit: '°C' }

  test('its result, for the model and for the caller', async () => {
    const result = await runTool(call('weather', { city: 'Paris' }), [weather], { context })
    const value = { city: 'Paris', days: 1, unit: '°C' }
    expect(result).toMatchObject({
      message: { role: 'tool', toolCallId: 'call_1', content: [{ type: 'document', data: value }] },
      value,
      durationMs: expect.any(Number),
    })
    expect(result).not.toHaveProperty('error')
    expect(result.message).not.toHaveProperty('isError')
  })

  test('what the JSON Schema refuses, but the schema itself converts', async () => {
    const error = { code: 'invalid_arguments', message: 'days must be a number' } as const
    const result = await runTool({ ...call('weather', { city: 'Paris', days: '3' }), error }, [weather], { context })
    expect(result.value).toEqual({ city: 'Paris', days: 3, unit: '°C' })
  })

  test('a null in the place of what is optional is none', async () => {
    const nullable = { ...call('weather', { city: 'Paris', days: null }), args: { city: 'Paris', days: null } }
    expect((await runTool(nullable, [weather], { context })).value).toEqual({ city: 'Paris', days: 1, unit: '°C' })
  })

  test('a schema that cannot be followed says nothing against the arguments', async () => {
    const input = { type: 'object', properties: { city: { $ref: 'https://acme.test/city.json' } } }
    const tool = defineTool({ name: 'locate', input, run: (args) => args })
    expect((await runTool(call('locate', { city: 7 }), [tool])).value).toEqual({ city: 7 })
  })

  const cyclic: { self?: object } = {}
  cyclic.self = cyclic
  const never = defineTool({ name: 'never', run: () => new Promise(() => {}) })
  const failing = defineTool({
    name: 'failing',
    run: () => {
      throw new RangeError('no such street')
    },
  })
  const odd = defineTool({ name: 'odd', run: () => Promise.reject('out of order') })
  const round = defineTool({ name: 'round', run: () => cyclic })
  const byHand: ToolDefinition & { run: () => string } = {
    name: 'by_hand',
    parameters: { type: 'object', required: ['city'] },
    run: () => 'done',
  }
  const tools = [weather, never, failing, odd, round, byHand]

  test.each([
    [
      'a tool that there is not',
      call('radio'),
      'unknown_tool',
      'There is no tool radio. The tools are: weather, never',
    ],
    ['arguments that do not fit', call('weather', { days: 'two' }), 'invalid_arguments', 'city: Invalid input'],
    ['arguments that do not fit a JSON Schema', call('by_hand', {}), 'invalid_arguments', 'city is required'],
    [
      'arguments that are not JSON',
      {
        ...call('weather'),
        error: { code: 'invalid_json', message: 'The arguments of weather are not JSON: {' },
      } as const,
      'invalid_json',
      'The arguments of weather are not JSON',
    ],
    ['an error', call('failing'), 'thrown', 'The tool failing failed: no such street'],
    ['something else that is thrown', call('odd'), 'thrown', 'The tool odd failed: out of order'],
    ['a result that is not JSON', call('round'), 'thrown', 'cannot be written as JSON'],
    ['a tool that never ends', call('never'), 'timeout', 'The tool never did not end within 20 ms'],
  ])('%s is told to the model', async (_, toolCall, code, text) => {
    const { message, error, value } = await runTool(toolCall, tools, { context, toolTimeoutMs: 20 })
    expect(message).toEqual({
      role: 'tool',
      toolCallId: 'call_1',
      content: expect.stringContaining(text),
      isError: true,
    })
    expect(error).toMatchObject({ code, message: message.content })
    expect(value).toBeUndefined()
  })

  test('a tool without `run` is a mistake of the caller', async () => {
    const expected = { code: 'invalid_request', field: 'tools' }
    await expect(runTool(call('plain'), [{ name: 'plain', parameters: {} }])).rejects.toMatchObject(expected)
  })
})

describe('the signal of a tool', () => {
  const waiting = (timeoutMs?: number) => {
    const seen: { signal?: AbortSignal } = {}
    const tool = defineTool({
      name: 'wait',
      ...(timeoutMs !== undefined && { timeoutMs }),
      run: (_, __, { signal }) => {
        seen.signal = signal
        return new Promise(() => {})
      },
    })
    return { tool, seen }
  }

  test('aborts when its time is up, which the tool itself may set', async () => {
    const { tool, seen } = waiting(5)
    expect((await runTool(call('wait'), [tool])).error?.code).toBe('timeout')
    expect(seen.signal?.aborted).toBe(true)
  })

  test('aborts with the caller’s, which ends the run', async () => {
    const { tool, seen } = waiting()
    const controller = new AbortController()
    const running = runTool(call('wait'), [tool], { signal: controller.signal })
    await vi.waitFor(() => expect(seen.signal).toBeDefined())
    controller.abort('enough')
    await expect(running).rejects.toMatchObject({ code: 'aborted', cause: 'enough' })
    expect(seen.signal?.aborted).toBe(true)
  })

  test('leaves no timer and no listener behind', async () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const { signal } = new AbortController()
    const removed = vi.spyOn(signal, 'removeEventListener')
    const tool = defineTool({ name: 'now', run: () => 12 })
    await runTool(call('now'), [tool], { signal })
    await runTool(call('now'), [tool], { signal, toolTimeoutMs: Number.POSITIVE_INFINITY })
    expect(vi.getTimerCount()).toBe(0)
    expect(removed).toHaveBeenCalledTimes(2)
  })
})

describe('many tools', () => {
  /** Tools that end when they are told to, and what happened to them. */
  function bench() {
    const ends = new Map<string, () => void>()
    let running = 0
    const most = { running: 0 }
    const started: string[] = []
    const tool = defineTool({
      name: 'work',
      run: async (_, __, { toolCall: { id } }) => {
        running++
        started.push(id)
        most.running = Math.max(most.running, running)
        await new Promise<void>((resolve) => ends.set(id, resolve))
        running--
        if (Number(id) % 3 === 0) throw new Error(id)
        return id
      },
    })
    return { tool, ends, most, started }
  }

  test('come back in the order of their calls, and never more at a time than they may', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 12 }),
        fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constant(undefined)),
        fc.infiniteStream(fc.nat(100)),
        async (count, toolConcurrency, choices) => {
          const { tool, ends, most, started } = bench()
          const runner = new ToolRunner([tool], toolConcurrency === undefined ? {} : { toolConcurrency })
          const ids = Array.from({ length: count }, (_, index) => String(index))
          const running = runner.runAll(ids.map((id) => call('work', {}, id)))
          for (let ended = 0; ended < count; ended++) {
            await vi.waitFor(() => expect(ends.size).toBeGreaterThan(0), { interval: 0 })
            const open = [...ends.keys()]
            const id = open[(choices.next().value ?? 0) % open.length] ?? ''
            ends.get(id)?.()
            ends.delete(id)
          }
          const results = await running
          expect(results.map(({ message }) => message.toolCallId)).toEqual(ids)
          expect(results.map(({ value, error }) => value ?? error?.cause)).toEqual(
            ids.map((id) => (Number(id) % 3 === 0 ? new Error(id) : id)),
          )
          expect(started).toEqual(ids)
          expect(most.running).toBe(Math.min(count, toolConcurrency ?? count))
        },
      ),
      { numRuns: 50 },
    )
  })

  test('that are asked for later wait for a place too', async () => {
    const { tool, ends, started, most } = bench()
    const runner = new ToolRunner([tool], { toolConcurrency: 1 })
    for (const id of ['1', '2']) runner.start(call('work', {}, id))
    await vi.waitFor(() => expect(ends.has('1')).toBe(true))
    ends.get('1')?.()
    await vi.waitFor(() => expect(started).toEqual(['1', '2']))
    const running = runner.runAll(['1', '2', '4'].map((id) => call('work', {}, id)))
    await vi.waitFor(() => expect(ends.has('2')).toBe(true))
    ends.get('2')?.()
    await vi.waitFor(() => expect(ends.has('4')).toBe(true))
    ends.get('4')?.()
    expect((await running).map(({ value }) => value)).toEqual(['1', '2', '4'])
    expect(most.running).toBe(1)
  })

  test('stop together: what had ended is kept, what had not begun never does', async () => {
    const { tool, ends, started } = bench()
    const controller = new AbortController()
    const runner = new ToolRunner([tool], { toolConcurrency: 2, signal: controller.signal })
    const running = runner.runAll(['1', '2', '4', '5'].map((id) => call('work', {}, id)))
    await vi.waitFor(() => expect(ends.size).toBe(2))
    ends.get('2')?.()
    await vi.waitFor(() => expect(started).toEqual(['1', '2', '4']))
    controller.abort()
    await expect(running).rejects.toMatchObject({ code: 'aborted' })
    expect(runner.results.map(({ value }) => value)).toEqual(['2'])
    expect(started).toEqual(['1', '2', '4'])
  })

  test.each([0, -1, Number.NaN])('%d at a time is a typed error', (toolConcurrency) => {
    expect(() => new ToolRunner([], { toolConcurrency })).toThrow(
      expect.objectContaining({ code: 'invalid_request', field: 'toolConcurrency' }),
    )
  })
})
