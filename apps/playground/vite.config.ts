import { join } from 'node:path'
import { defineConfig, type UserConfig } from 'vite'

const config: UserConfig = defineConfig({
  root: join(import.meta.dirname, 'src', 'page'),
  resolve: { conditions: ['@interlingua/source'] },
  oxc: { jsx: { importSource: 'preact' } },
  build: {
    outDir: join(import.meta.dirname, 'dist'),
    emptyOutDir: true,
    modulePreload: false,
    assetsInlineLimit: 0,
    target: 'es2023',
  },
})

export default config
