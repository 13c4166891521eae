import { defineConfig } from 'vitest/config'

export default defineConfig({
  ssr: { resolve: { conditions: ['@interlingua/source'] } },
  test: {
    include: ['{packages,apps,tests}/*/{src,test}/**/*.test.ts'],
  },
})
