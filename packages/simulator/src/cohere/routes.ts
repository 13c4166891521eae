import type { Route } from '../route.ts'
import { chat } from './chat.ts'

/** What the simulator has of Cohere's API. */
export const cohereRoutes: readonly Route[] = [{ method: 'POST', path: '/v2/chat', answer: chat }]
