import { defineConfig } from 'vitest/config'

// Clients of others against what we serve: a folder for each target, a file for each client.
export default defineConfig({
  ssr: { resolve: { conditions: ['@interlingua/source'] } },
  test: { include: ['*/*.test.ts'], testTimeout: 30_000 },
})
