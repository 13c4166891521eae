import type { Figure } from '../figure.ts'
export const partials: Figure = { name: 'partials', measure: async () => [] }
