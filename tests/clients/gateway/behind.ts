import { type Started, start } from '../../../apps/gateway/test/start.ts'

/** A gateway with a simulator behind it, whichever provider is asked. */
export async function behind(): Promise<Started> {
  return start()
}

export const question = 'What is the weather in Paris?'
export const report = 'Rain, 12 degrees.'
