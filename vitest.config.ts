import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  ssr: { resolve: { conditions: ['@interlingua/source'] } },
  test: {
    // The main process waits most of the time, so that each core can have a worker.
    maxWorkers: '100%',
    // Loading the packages anew for each file takes longer than most tests do. A file that leaves a global changed fails.
    isolate: false,
    setupFiles: 'tests/structure/src/same-globals.ts',
    // Programs that tests run need not be compiled each time.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/node') },
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
