import { defineConfig, type ViteUserConfig } from 'vitest/config'

/** The tests of the page, in a real Chromium: `pnpm test:browser`. They take a minute, which `pnpm test` should not. */
const config: ViteUserConfig = defineConfig({
  ssr: { resolve: { conditions: ['@interlingua/source'] } },
  test: { root: import.meta.dirname, include: ['*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
})

export default config
