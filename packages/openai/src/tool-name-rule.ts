import type { ToolNameRule } from '@interlingua/core/adapter'

/** Letters, digits, `_` and `-`, at most 64: https://platform.openai.com/docs/api-reference/chat/create. */
export const toolNameRule: ToolNameRule = { plain: (name) => name.replaceAll(/[^\w-]/g, '_'), longest: 64 }
