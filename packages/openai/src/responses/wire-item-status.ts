/** How far an item has come. */
export type WireItemStatus = 'in_progress' | 'completed' | 'incomplete'

/** Who called a tool: the model, or a program that it wrote. */
export type WireCaller = { type: 'direct' } | { type: 'program'; caller_id: string }
