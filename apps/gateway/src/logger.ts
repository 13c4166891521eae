/** Writes a line of JSON for each thing that happens. */
export class Logger {
  readonly #write: (line: string) => void

  constructor(write: (line: string) => void) {
    this.#write = write
  }

  info(event: string, fields: object = {}): void {
    this.#log('info', event, fields)
  }

  error(event: string, fields: object = {}): void {
    this.#log('error', event, fields)
  }

  #log(level: string, event: string, fields: object): void {
    this.#write(`${JSON.stringify({ time: new Date().toISOString(), level, event, ...fields })}\n`)
  }
}
