import { createApp } from './app.ts'
import { CallerKeys } from './caller-key.ts'
import type { Config } from './config/schema.ts'
import { Limits } from './limits.ts'
import { type Listening, listen } from './listen.ts'
import { Logger } from './logger.ts'
import { Metrics } from './metrics.ts'
import { createProviders, type ProviderOptions } from './provider.ts'
import { RequestLog } from './request-log.ts'
import { Routes } from './routes.ts'
import { RunningCalls } from './running-calls.ts'

/** What a gateway is started with beside its configuration. */
export interface GatewayOptions extends ProviderOptions {
  /** Takes the lines of the log. Default: nobody. */
  readonly write?: ((line: string) => void) | undefined
}

/** A gateway that is listening. */
export interface Gateway extends AsyncDisposable {
  readonly url: string
  /** Takes no more requests, finishes those that are running, and closes. */
  close(): Promise<void>
}

/** Starts a gateway. Throws where the configuration cannot be used, or where the port is taken. */
export async function startGateway(config: Config, options: GatewayOptions): Promise<Gateway> {
  const { server = {}, keys = [], log: logConfig = {} } = config
  const providers = createProviders(config.providers, options)
  const routes = new Routes(providers, config.models)
  const log = new RequestLog(logConfig.file, { keepDays: logConfig.keepDays })
  const running = new RunningCalls(server.maxConcurrency ?? 2_000)
  const logger = new Logger(options.write ?? (() => {}))
  const services = {
    keys: new CallerKeys(keys),
    routes,
    limits: new Limits((caller, since) => log.spent(caller, since)),
    log,
    metrics: new Metrics(() => running.count),
    logger,
    running,
    maxBodyBytes: server.maxBodyBytes ?? 20_000_000,
  }
  let listening: Listening
  try {
    listening = await listen(createApp(services), server)
  } catch (error) {
    log.close()
    throw error
  }
  logger.info('listening', { url: listening.url, providers: [...providers.keys()] })
  let closing: Promise<void> | undefined
  const close = async (): Promise<void> => {
    logger.info('closing', { running: running.count })
    const closed = listening.close()
    await running.drain(server.shutdownGraceMs ?? 30_000)
    await closed
    log.close()
    logger.info('closed')
  }
  return {
    url: listening.url,
    close: () => (closing ??= close()),
    [Symbol.asyncDispose]: () => (closing ??= close()),
  }
}
