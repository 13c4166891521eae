import { rolldown } from 'rolldown'

/** One of the entries with all that it imports, as one module. */
export async function bundle(entry: 'command' | 'worker' | 'page'): Promise<string> {
  const input = new URL(`${entry}-entry.ts`, import.meta.url).pathname
  const build = await rolldown({
    input,
    platform: 'neutral',
    // What is published has `default`; here are the sources.
    resolve: { conditionNames: ['@interlingua/source', 'import', 'default'] },
  })
  // What is loaded late stands in the one module too: not every runtime here has a second one to load.
  const { output } = await build.generate({ format: 'esm', codeSplitting: false })
  await build.close()
  return output[0].code
}
