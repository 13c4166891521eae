import type { AudioPart } from './audio.ts'
import type { FilePart } from './file.ts'
import type { ImagePart } from './image.ts'
import type {
  AssistantMessage,
  DocumentPart,
  RefusalPart,
  SystemMessage,
  TextPart,
  ThinkingPart,
  ToolMessage,
  UserMessage,
} from './message.ts'

type Given = ImagePart | AudioPart | FilePart
type Said = ThinkingPart | RefusalPart | AudioPart
type Told = DocumentPart | ImagePart | FilePart
type OfType<Part, Type> = TextPart | Extract<Part, { readonly type: Type }>

/**
 * What a provider's wire has a place for in a conversation: what it has none for is said in another way, or told. Text is
 * carried by all.
 */
export interface HistoryRules<
  UserType extends Given['type'] = Given['type'],
  AssistantType extends Said['type'] = Said['type'],
  ToolType extends Told['type'] = Told['type'],
> {
  /** The provider's name: messages that it said itself carry this. */
  readonly provider: string
  /** Its name in messages. */
  readonly displayName: string
  /** The parts of a user's message that it takes. */
  readonly user: readonly UserType[]
  /** The parts of an assistant's message that it takes, whoever said them. */
  readonly assistant: readonly AssistantType[]
  /** Those that it takes only from what it said itself. */
  readonly own?: readonly AssistantType[]
  /** The parts of a tool's result that it takes. */
  readonly tool: readonly ToolType[]
  /** Whether it takes instructions at the beginning only: those from further down move there. Default: `false`. */
  readonly systemFirst?: boolean
  /** Whether an assistant's message has a place for a plan. */
  readonly plan: boolean
  /** Whether an assistant's message has a place for citations: for all, or for those only that it gave itself. */
  readonly citations: boolean | 'own'
  /** The ids of tool calls that it takes, and how long one is that is made in place of another. Default: all. */
  readonly toolCallId?: { readonly pattern: RegExp; readonly length: number }
}

/** A turn of a conversation as far as a provider's wire has a place for it. */
export type CarriedMessage<Rules extends HistoryRules> =
  | SystemMessage
  | (Omit<UserMessage, 'content'> & {
      readonly content: string | readonly OfType<Given, Rules['user'][number]>[]
    })
  | (Omit<AssistantMessage, 'content'> & {
      readonly content: string | readonly OfType<Said, Rules['assistant'][number]>[]
    })
  | (Omit<ToolMessage, 'content'> & {
      readonly content: string | readonly OfType<Told, Rules['tool'][number]>[]
    })
