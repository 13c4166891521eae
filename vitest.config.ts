import { defineConfig } from 'vitest/config'

export default defineConfig({
  ssr: { resolve: { conditions: ['@interlingua/source'] } },
  test: {
    // Property tests take seconds, and longer where the machine has other work.
    testTimeout: 30_000,
    include: ['{packages,apps,tests}/*/test/**/*.test.ts', 'examples/test/**/*.test.ts'],
    // Tests of types are checked by the compiler and never run. `pnpm types` checks them too, with all other tests.
    typecheck: {
      enabled: true,
      checker: 'tsc',
      include: ['{packages,apps,tests}/*/test/**/*.test-d.ts'],
      tsconfig: 'tsconfig.test.json',
    },
  },
})
