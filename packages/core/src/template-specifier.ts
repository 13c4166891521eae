import type { ImagePart } from './image.ts'
import type { Message, TextPart, UserMessage } from './message.ts'

/** What stands in a text as it is written. `null` and `undefined` stand for nothing: they become an empty text. */
export type TemplateValue = string | number | bigint | boolean | null | undefined

/**
 * An image that a template shows: a part, or its address, which is an `https:` or `data:` URL. Nothing is read or fetched
 * here, so that a text from outside can open no file and call no server: it is the provider that fetches an address.
 */
export type TemplateImage = ImagePart | URL | string

/** A part of what a user says and shows. */
export type UserPart = Exclude<UserMessage['content'], string>[number]

/** The types of the variables, by how a template uses them. */
export interface TemplateUses {
  /** `{name}`: written into the text. */
  value: TemplateValue
  /** `{name:list}`: written one per line. */
  list: readonly TemplateValue[]
  /** `{name:lists}`: paragraphs of one line for each value. */
  lists: readonly (readonly TemplateValue[])[]
  /** `{name:text}`: a part of its own. */
  text: TemplateValue | TextPart
  texts: readonly (TemplateValue | TextPart)[]
  /** `{name:image}`, `{name:image(detail=low)}`. */
  image: TemplateImage
  images: readonly TemplateImage[]
  /** `{name:part}`: any part of a user message. */
  part: UserPart
  parts: readonly UserPart[]
  /** `{name:messages}`, and `{name}` after `MESSAGES:`. */
  messages: readonly Message[]
}

/** How a template uses a variable. */
export type TemplateUse = keyof TemplateUses

/** Whose words a section of a template is; `messages` is a section of messages that are given as they are. */
export type TemplateRole = 'system' | 'user' | 'assistant' | 'messages'

/** The uses that only a user message can hold. */
export type UserPartUse = 'image' | 'images' | 'part' | 'parts'

/** The uses that are written into the text around them. */
export type InlineUse = 'value' | 'list' | 'lists'

/** Whether a value is written into the text around it, and is neither a part nor a message of its own. */
export function isInlineUse(use: TemplateUse): use is InlineUse {
  return use === 'value' || use === 'list' || use === 'lists'
}

/** Whether only a user message can hold it. */
export function isUserPartUse(use: TemplateUse): use is UserPartUse {
  return use === 'image' || use === 'images' || use === 'part' || use === 'parts'
}

/** What each specifier, the text after the colon of a placeholder, says about the use of the variable. */
export interface TemplateSpecifiers {
  list: 'list'
  lists: 'lists'
  text: 'text'
  texts: 'texts'
  image: 'image'
  'image(detail=auto)': 'image'
  'image(detail=low)': 'image'
  'image(detail=high)': 'image'
  images: 'images'
  'images(detail=auto)': 'images'
  'images(detail=low)': 'images'
  'images(detail=high)': 'images'
  part: 'part'
  parts: 'parts'
  messages: 'messages'
}

/** What a specifier says. */
export interface TemplateSpecifier {
  readonly use: TemplateUse
  readonly detail?: ImagePart['detail']
}

/** What each specifier says. */
export const templateSpecifiers: ReadonlyMap<string, TemplateSpecifier> = new Map(
  Object.entries<TemplateSpecifier>({
    list: { use: 'list' },
    lists: { use: 'lists' },
    text: { use: 'text' },
    texts: { use: 'texts' },
    image: { use: 'image' },
    'image(detail=auto)': { use: 'image', detail: 'auto' },
    'image(detail=low)': { use: 'image', detail: 'low' },
    'image(detail=high)': { use: 'image', detail: 'high' },
    images: { use: 'images' },
    'images(detail=auto)': { use: 'images', detail: 'auto' },
    'images(detail=low)': { use: 'images', detail: 'low' },
    'images(detail=high)': { use: 'images', detail: 'high' },
    part: { use: 'part' },
    parts: { use: 'parts' },
    messages: { use: 'messages' },
  } satisfies { [Word in keyof TemplateSpecifiers]: { use: TemplateSpecifiers[Word]; detail?: ImagePart['detail'] } }),
)

/** The specifiers for what core has no neutral part for. */
export type UnsupportedSpecifier = 'audio' | 'audios' | 'document' | 'documents' | 'cache_control'

/** Whether a specifier is for what core has no neutral part for. */
export function isUnsupportedSpecifier(specifier: string): boolean {
  return /^(audios?|documents?|cache_control)(\(.*)?$/s.test(specifier)
}
