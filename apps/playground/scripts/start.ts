import { join } from 'node:path'
import { build } from 'vite'

// Builds the page, which takes a second, and starts the server: `npm run playground` at the root.
await build({ configFile: join(import.meta.dirname, '..', 'vite.config.ts'), logLevel: 'warn' })
await import('../src/server/main.ts')
