import { type Started, start } from '../../test/start.ts'

/** A gateway with a simulator behind it, whichever provider is asked. */
export async function behind(): Promise<Started> {
  process.env['CO_API_KEY'] = process.env['OPENAI_API_KEY'] = process.env['GROQ_API_KEY'] = 'upstream'
  return start()
}

export const question = 'What is the weather in Paris?'
export const report = 'Rain, 12 degrees.'
