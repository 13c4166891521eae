import type { Redaction } from './redaction.ts'
import type { DecodedHeaders, Service } from './service.ts'
import type { Warning } from './warning.ts'

/** A response with a success status. What its headers say is worked out when it is asked for: many callers never do. */
export class ReceivedResponse {
  readonly response: Response
  /** Keeps the secrets of the request out of what is told about it. */
  readonly redaction: Redaction
  readonly #service: Service
  readonly #unsent: readonly Warning[]
  #headers: Readonly<Record<string, string>> | undefined
  #decoded: DecodedHeaders | undefined

  /** `unsent` is what could not be sent as it was asked for. */
  constructor(service: Service, response: Response, redaction: Redaction, unsent: readonly Warning[] = []) {
    this.response = response
    this.redaction = redaction
    this.#service = service
    this.#unsent = unsent
  }

  /** The response headers, with lower-case names, and without what is secret. */
  get headers(): Readonly<Record<string, string>> {
    return (this.#headers ??= this.redaction.headers(this.response.headers))
  }

  get requestId(): string | undefined {
    const { requestId } = this.#decode()
    return requestId && this.redaction.text(requestId)
  }

  get warnings(): readonly Warning[] {
    return [...this.#unsent, ...this.redaction.warnings(this.#decode().warnings)]
  }

  #decode(): DecodedHeaders {
    return (this.#decoded ??= this.#service.decodeHeaders(this.response.headers))
  }
}
