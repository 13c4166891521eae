import { afterAll } from 'vitest'

// The files of the tests run one after the other in one process: what one leaves changed, another one stumbles over, and
// seldom the next. So a file that leaves something changed fails itself.

const before = globals()

afterAll(() => {
  const after = globals()
  const names = Object.keys({ ...before, ...after }).filter((name) => before[name] !== after[name])
  if (names.length > 0) throw new Error(`The file has to put back what it has changed: ${names.join(', ')}.`)
})

/** What tests may be tempted to change. The values of variables are compared, and not shown. */
function globals(): Readonly<Record<string, unknown>> {
  const { setTimeout, clearTimeout, setInterval, setImmediate, queueMicrotask, Date, fetch } = globalThis
  const { parse, stringify } = JSON
  const functions = {
    setTimeout,
    clearTimeout,
    setInterval,
    setImmediate,
    queueMicrotask,
    Date,
    fetch,
    parse,
    stringify,
  }
  return { ...functions, prototype: Object.keys(Object.prototype).join(), folder: process.cwd(), ...process.env }
}
