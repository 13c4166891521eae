import { setOrigin } from './call-record.ts'
import { isObject } from './json.ts'
import type { Message } from './message.ts'
import { readSections, type TemplateSection } from './template-section.ts'
import type { UserPart } from './template-specifier.ts'
import { messagesIn, partsOf, textOf } from './template-value.ts'
import type { TemplateText, TemplateVariables } from './template-variables.ts'

/** What a prompt of a template takes: an object with its variables, or nothing where it has none. */
export type PromptArguments<Variables> = string extends keyof Variables
  ? [variables?: Variables]
  : [keyof Variables] extends [never]
    ? []
    : [variables: Variables]

/** A template as a function of its variables. It is what `prompt` of a call may be. */
export interface PromptTemplate<Variables> {
  (...variables: PromptArguments<Variables>): readonly Message[]
  /** The text that it was made of, as it was written. */
  readonly template: string
  /**
   * The same template for a call that has something to work out first: what `computedFields` has fills in the template beside
   * the variables of the call's first argument, and comes before them. The rest is as in any `DynamicConfig`.
   *
   * ```ts
   * prompt: promptTemplate('Recommend a {genre} book, but none of these: {read:list}').dynamic(
   *   async ({ genre, reader }: { genre: string; reader: Reader }) => ({
   *     computedFields: { read: await reader.titles() },
   *     temperature: genre === 'poetry' ? 1 : 0,
   *   }),
   * )
   * ```
   */
  dynamic<Args extends readonly unknown[], const Config extends ComputedConfig<Variables, Args>>(
    configure: (...args: Args) => Config | PromiseLike<Config>,
  ): DynamicTemplate<Args, Config>
}

/** A template whose variables are worked out, as a prompt function. */
export interface DynamicTemplate<Args extends readonly unknown[], Config> {
  (...args: Args): Promise<Config & { readonly messages: readonly Message[] }>
  /** The text that it was made of, as it was written. */
  readonly template: string
}

/** What a template with these variables needs beside the arguments of the call. */
export interface ComputedConfig<Variables, Args extends readonly unknown[]> {
  readonly computedFields: Missing<Variables, Args[0]>
}

/** The variables that are not given, or not in the type that the template takes. */
type Missing<Variables, Given> = {
  readonly [
    Name in keyof Variables as Given extends { readonly [Key in Name]: Variables[Name] } ? never : Name
  ]: Variables[Name]
}

/**
 * Makes a prompt of a text. The compiler reads the text too: a variable that is missing, misspelled or of the wrong type
 * does not compile, and neither does a mistake in the text itself.
 *
 * ```ts
 * const recommendBook = defineCall({
 *   model: cohere('command-a-03-2025'),
 *   prompt: promptTemplate(`
 *     SYSTEM: You are a librarian. You recommend these and no others:
 *     {books:list}
 *     MESSAGES: {history}
 *     USER: Recommend a {genre} book by somebody like {author.name}.
 *   `),
 * })
 * await recommendBook({ books: ['Momo', 'Emil'], history: [], genre: 'fantasy', author: { name: 'Ende' } })
 * ```
 *
 * **Roles.** `SYSTEM:`, `USER:` and `ASSISTANT:` begin a message, and `MESSAGES:` takes variables that hold whole messages.
 * They do so at the beginning of a line, after white space at most, and are text everywhere else. What precedes the first
 * role is the user's, so that a text without roles is one user message. A message that turns out blank is left out.
 *
 * **Variables.** `{name}`, or `{name.of.a.member}`, in ASCII letters, digits, `_` and `$`, without white space:
 *
 * | placeholder | takes | and becomes |
 * |---|---|---|
 * | `{name}` | a text, number, bigint or boolean; `null` and `undefined` | text; nothing |
 * | `{name:list}` | a list of those | a line for each |
 * | `{name:lists}` | a list of lists of those | a paragraph for each, of a line for each |
 * | `{name:text}`, `{name:texts}` | the same as `{name}`, or a text part; a list of those | text parts of their own |
 * | `{name:image}`, `{name:images}` | an image part, a `URL`, or a text that is an `https:` or `data:` URL; a list of those | image parts |
 * | `{name:image(detail=low)}` | the same; also `auto`, `high`, and with `images` | image parts with this detail, where they say none |
 * | `{name:part}`, `{name:parts}` | any part of a user message; a list of those | that part |
 * | `{name:messages}` | a list of messages | these messages, between what comes before and after |
 *
 * A name is used in one of these ways in all of a template. Only a user message can hold images and other parts.
 *
 * Values are put in when roles and variables have been found, and as they are: one that says `SYSTEM:` opens no message,
 * and one that says `{name}` is not read again. Nothing is opened or fetched for an image.
 *
 * **Braces.** Whatever is not exactly a placeholder is text, so JSON can stand in a template. `{{` stands for `{`, and the
 * `}}` that closes it for `}`: `{{name}}` is the text `{name}`.
 *
 * **White space.** Lines are dedented together, and messages trimmed; what the values bring stays.
 *
 * A text that the compiler does not know takes any variables, and is checked when it is filled.
 *
 * Throws an error of code `prompt` that names line and column: here for a mistake in the text, and the function that it
 * returns for a value.
 */
export function promptTemplate<Text extends string>(text: TemplateText<Text>): PromptTemplate<TemplateVariables<Text>>
export function promptTemplate(text: string): PromptTemplate<Record<string, unknown>> {
  const sections = readSections(text)
  const fill = (variables: unknown): readonly Message[] =>
    setOrigin(
      sections.flatMap((section) => messagesOfSection(section, variables)),
      { template: text },
    )
  const dynamic = <Args extends readonly unknown[], Config extends { readonly computedFields: object }>(
    configure: (...args: Args) => Config | PromiseLike<Config>,
  ): DynamicTemplate<Args, Config> => {
    const prompt = async (...args: Args): Promise<Config & { readonly messages: readonly Message[] }> => {
      const config = await configure(...args)
      const [given] = args
      return { ...config, messages: fill({ ...(isObject(given) && given), ...config.computedFields }) }
    }
    return Object.assign(prompt, { template: text })
  }
  return Object.assign((variables: unknown = {}) => fill(variables), { template: text, dynamic })
}

function messagesOfSection(section: TemplateSection, variables: unknown): Message[] {
  if ('use' in section) return messagesIn(section, variables)
  const { role, content } = section
  const texts = content.map((item) =>
    'use' in item
      ? partsOf(item, variables)
      : item.map((piece) => (typeof piece === 'string' ? piece : textOf(piece, variables))).join(''),
  )
  const [only] = texts
  if (texts.length === 1 && typeof only === 'string') return isBlank(only) ? [] : [{ role, content: only }]
  const parts = texts
    .flatMap((item): UserPart | UserPart[] => (typeof item === 'string' ? { type: 'text', text: item } : item))
    .filter((part) => part.type !== 'text' || !isBlank(part.text))
  // Only a user's section has parts that are not text, which was seen to when it was read.
  return parts.length > 0 ? [{ role, content: parts } as Message] : []
}

function isBlank(text: string): boolean {
  return text.trim() === ''
}
