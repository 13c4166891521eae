import type {
  TemplateRole,
  TemplateSpecifiers,
  TemplateUse,
  TemplateUses,
  UnsupportedSpecifier,
  UserPartUse,
} from './template-specifier.ts'

// What the compiler knows of a template. The same rules as in template-placeholder.ts and template-section.ts, which
// say it in words. A text is cut at its braces, since a line without any is of no interest here; of what lies between two
// braces only the role words matter. Everything that repeats is tail-recursive: the compiler gives up after 1,000 steps.

/** A variable, by its path and its use, where a placeholder names one. */
type Found = readonly [path: string, use: TemplateUse]

/** What is wrong with a placeholder, in words. */
type Mistake = string

type Space = ' ' | '\t' | '\r'

type RoleWord = 'SYSTEM' | 'USER' | 'ASSISTANT' | 'MESSAGES'

/** The variables and the mistakes of a template, as a union. */
type Scan<Text extends string, Role, Result> = Text extends `${infer Before}{${infer After}`
  ? RoleAfter<Before, Role> extends infer Now extends TemplateRole
    ? After extends `{${infer Rest}`
      ? Now extends 'messages'
        ? Result | OnlyMessages
        : Scan<Rest, Now, Result>
      : After extends `${infer Inside}}${infer Rest}`
        ? Placeholder<Inside, Now> extends infer Meaning extends Found | Mistake
          ? Scan<Rest, Now, Result | Meaning>
          : Now extends 'messages'
            ? Result | OnlyMessages
            : Scan<After, Now, Result>
        : Now extends 'messages'
          ? Result | OnlyMessages
          : Scan<After, Now, Result>
    : Result | OnlyMessages
  : RoleAfter<Text, Role> extends TemplateRole
    ? Result
    : Result | OnlyMessages

type OnlyMessages = 'MESSAGES: takes variables and nothing else. Begin what follows with a role of its own.'

/** The role that holds at the end of a text without placeholders, or `null` where it writes into a section of messages. */
type RoleAfter<Text extends string, Role> = Text extends `${string}${RoleWord}:${string}`
  ? Roles<Text, Role>
  : Role extends 'messages'
    ? Blank<Text> extends true
      ? Role
      : null
    : Role

type Roles<Text extends string, Role> = Text extends `${infer Head}:${infer Tail}`
  ? RoleAtEnd<Head> extends [infer Gap extends string, infer Next]
    ? Role extends 'messages'
      ? Blank<Gap> extends true
        ? Roles<Tail, Next>
        : null
      : Roles<Tail, Next>
    : Role extends 'messages'
      ? null
      : Roles<Tail, Role>
  : Role extends 'messages'
    ? Blank<Text> extends true
      ? Role
      : null
    : Role

/** The role word at the end of a text, and what comes before it, where it stands at the beginning of a line. */
type RoleAtEnd<Text extends string> = Text extends `${string}${RoleWord}`
  ? Text extends `${infer Gap}SYSTEM`
    ? AtLine<Gap, 'system'>
    : Text extends `${infer Gap}USER`
      ? AtLine<Gap, 'user'>
      : Text extends `${infer Gap}ASSISTANT`
        ? AtLine<Gap, 'assistant'>
        : Text extends `${infer Gap}MESSAGES`
          ? AtLine<Gap, 'messages'>
          : null
  : null

type AtLine<Gap extends string, Role> = EndsWithLine<Gap> extends true ? [Gap, Role] : null

type EndsWithLine<Text extends string> = Text extends `${string}\n`
  ? true
  : Text extends `${infer Start}${Space}`
    ? EndsWithLine<Start>
    : false

type Blank<Text extends string> = Text extends ''
  ? true
  : Text extends `${Space | '\n'}${infer Rest}`
    ? Blank<Rest>
    : false

/** What the text between two braces says; `null` where they are no placeholder. */
type Placeholder<Inside extends string, Role> = Inside extends `${string}${'\n' | '{'}${string}`
  ? null
  : Inside extends `${infer Path}:${infer Specifier}`
    ? Specifier extends `${Space}${string}`
      ? null
      : IsPath<Path> extends true
        ? Specified<Path, Specifier, Role>
        : null
    : IsPath<Inside> extends true
      ? [Inside, Role extends 'messages' ? Role : 'value']
      : null

type Specified<Path extends string, Specifier extends string, Role> = Specifier extends keyof TemplateSpecifiers
  ? Role extends 'messages'
    ? TemplateSpecifiers[Specifier] extends Role
      ? [Path, Role]
      : OnlyMessages
    : Role extends 'system' | 'assistant'
      ? TemplateSpecifiers[Specifier] extends UserPartUse
        ? `{${Path}:${Specifier}}: only a user message can hold this, and here it stands in the words of the ${Role}.`
        : [Path, TemplateSpecifiers[Specifier]]
      : [Path, TemplateSpecifiers[Specifier]]
  : Specifier extends UnsupportedSpecifier | `${UnsupportedSpecifier}(${string}`
    ? `{${Path}:${Specifier}}: there is no neutral part for this yet.`
    : `{${Path}:${Specifier}}: there is no such specifier. Write two braces each for text: {{${Path}:${Specifier}}}.`

type IsPath<Text extends string> = Text extends `${infer Name}.${infer Rest}`
  ? IsName<Name> extends true
    ? IsPath<Rest>
    : false
  : IsName<Text>

type IsName<Text extends string> = Text extends `${infer First}${infer Rest}`
  ? First extends NameStart
    ? AreNameCharacters<Rest>
    : false
  : false

// Four at a time, which is a third of the work of one at a time.
type AreNameCharacters<Text extends string> = Text extends `${infer A}${infer B}${infer C}${infer D}${infer Rest}`
  ? A | B | C | D extends NameCharacter
    ? AreNameCharacters<Rest>
    : false
  : Text extends `${infer A}${infer Rest}`
    ? A extends NameCharacter
      ? AreNameCharacters<Rest>
      : false
    : true

type Letter =
  | ('a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g' | 'h' | 'i' | 'j' | 'k' | 'l' | 'm')
  | ('n' | 'o' | 'p' | 'q' | 'r' | 's' | 't' | 'u' | 'v' | 'w' | 'x' | 'y' | 'z')
type NameStart = Letter | Uppercase<Letter> | '_' | '$'
type NameCharacter = NameStart | '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9'

// A line break in front, so that the first line begins as every other one does.
type Read<Text extends string> = Scan<`\n${Text}`, 'user', never>

/** Whether a text is known to the compiler only in part, or not at all. */
type IsUnknown<Text extends string> = Text extends unknown
  ? Partial<Record<Text, unknown>> extends Record<Text, unknown>
    ? true
    : never
  : never

/** The uses of each name: its own, or with its path those of what is read off it. */
type Uses<Variables> = {
  [
    Variable in Variables as Variable extends readonly [infer Path extends string, unknown]
      ? Path extends `${infer Name}.${string}`
        ? Name
        : Path
      : never
  ]: Variable extends readonly [infer Path extends string, infer Use]
    ? Path extends `${string}.${infer Rest}`
      ? [Rest, Use]
      : Use
    : never
}

type Values<Variables> =
  Uses<Variables> extends infer All
    ? { [Name in keyof All]: All[Name] extends TemplateUse ? TemplateUses[All[Name]] : Values<All[Name]> }
    : never

/** What is wrong where one name is used in more than one way. */
type Conflicts<Variables, Parent extends string> =
  Uses<Variables> extends infer All
    ? {
        [Name in keyof All & string]: [All[Name]] extends [Found]
          ? Conflicts<All[Name], `${Parent}${Name}.`>
          : IsUnion<All[Name]> extends true
            ? `{${Parent}${Name}}: one name is used in different ways here. Give each its own.`
            : never
      }[keyof All & string]
    : never

type IsUnion<Type, Whole = Type> = Type extends unknown ? ([Whole] extends [Type] ? false : true) : never

// A conditional type, so that what the compiler shows are the mistakes and not this name.
type Mistakes<Result> =
  Extract<Result, Found> extends infer Variables ? Extract<Result, Mistake> | Conflicts<Variables, ''> : never

/** The text of a template where it is right, and otherwise what is wrong with it: the compiler shows that as what it expected. */
export type TemplateText<Text extends string> = [IsUnknown<Text>] extends [never]
  ? [Mistakes<Read<Text>>] extends [never]
    ? Text
    : Mistakes<Read<Text>>
  : Text

/**
 * The variables of a template, as an object type. Of a text that the compiler does not know they may be any.
 *
 * ```ts
 * type Variables = TemplateVariables<'Recommend {count} {genre} books by {author.name}'>
 * const variables: Variables = { count: 3, genre: 'fantasy', author: { name: 'Le Guin' } }
 * ```
 */
export type TemplateVariables<Text extends string> = [IsUnknown<Text>] extends [never]
  ? Values<Extract<Read<Text>, Found>>
  : Record<string, unknown>
