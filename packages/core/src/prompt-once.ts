import type { Prompt, PromptContent } from './prompt.ts'

/** A prompt whose function runs once, however often it is sent. */
export function promptOnce(prompt: Prompt): Prompt {
  if (typeof prompt !== 'function') return prompt
  let content: Promise<PromptContent> | undefined
  const evaluate = async (): Promise<PromptContent> => prompt()
  return () => (content ??= evaluate())
}
