/**
 * What a user of the packages gets: packs them, installs them with npm into a project of their own, checks the programs of
 * `fixtures/` with every version of TypeScript that we support, and runs them against the simulator.
 *
 * The packages must have been built. `pnpm package` does all of it.
 */
import assert from 'node:assert/strict'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './command.ts'
import { applicationConfigs, compilers } from './compiler.ts'
import { nodeVersions } from './node-version.ts'
import { readmePrograms } from './readme-program.ts'
import { copyPrograms, createScratchProject, installPackages, writeJson } from './scratch-project.ts'

const expectedPackages = [
  '@interlingua/cohere',
  '@interlingua/core',
  '@interlingua/openai',
  '@interlingua/simulator',
  'eventsource-parser',
]
/** Of all of them together, with their sources and source maps. */
const mostBytes = 6_000_000
const readmes = readmePrograms()
const folder = createScratchProject()
try {
  await checkInstallation()
  await checkTypes()
  await checkPrograms()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function checkInstallation(): Promise<void> {
  const { packages, bytes } = await installPackages(folder)
  console.log(`installed ${packages.length} packages, ${Math.round(bytes / 1000)} kB: ${packages.join(', ')}`)
  assert.ok(bytes <= mostBytes, `an application gets ${bytes} bytes, and the budget is ${mostBytes}`)
  assert.deepEqual(packages, expectedPackages, 'an application gets what it needs and nothing else')
  for (const sdk of ['cohere-ai', 'openai']) {
    assert.ok(!existsSync(join(folder, 'node_modules', sdk)), 'the SDK is optional')
  }
}

async function checkTypes(): Promise<void> {
  for (const { name, text } of readmes) writeFileSync(join(folder, name), text)
  const configs = applicationConfigs([...copyPrograms(folder), ...readmes.map(({ name }) => name)])
  for (const [name, config] of Object.entries(configs)) {
    writeJson(folder, `tsconfig.${name}.json`, config)
    await Promise.all(compilers.map(({ tsc }) => run(process.execPath, [tsc, '-p', `tsconfig.${name}.json`], folder)))
  }
  const versions = compilers.map(({ version }) => version).join(', ')
  const examples = `${readmes.length} examples of READMEs`
  console.log(`type-checked, with ${examples}, under TypeScript ${versions} as ${Object.keys(configs).join(', ')}`)
  const emit = ['-p', 'tsconfig.nodenext.json', '--noEmit', 'false', '--outDir', 'out']
  await run(process.execPath, [compilers.at(-1)?.tsc ?? '', ...emit], folder)
}

async function checkPrograms(): Promise<void> {
  const offline = ['--import', './out/offline.js']
  const versions = await nodeVersions()
  for (const { program, version } of versions) {
    const example = JSON.parse(await run(program, ['out/example.js'], folder))
    assert.ok(example.text.length > 20, 'the stream brings text')
    assert.equal(example.streamed, example.text)
    assert.equal(example.called, example.text, 'streamed or not, the answer is the same')
    assert.equal(example.role, 'assistant')
    assert.ok(example.outputTokens > 0 && example.nanoUsd > 0, 'usage and cost are known')
    assert.deepEqual(example.finishReason, { unified: 'stop', raw: 'COMPLETE' })
    assert.equal(example.requests, 2)

    const printed = await run(program, [...offline, 'out/default-provider.js'], folder)
    assert.equal(printed, `${example.text}\nstop\n`, 'the default provider gives the same answer')
    assert.equal(await run(program, ['out/mcp.js'], folder), 'On shelf 3.\n', 'tools of an MCP server run')
    for (const { name, text } of readmes.filter(({ runs }) => runs)) {
      const output = await run(program, [...offline, `out/${name.replace(/ts$/, 'js')}`], folder)
      assert.ok(output.length > 20 || !/console|stdout/.test(text), `${name} prints an answer`)
    }
    console.log(`ran on Node ${version} (${program === process.execPath ? 'this one' : 'the system’s'})`)
  }
  if (versions.length === 1) console.log('there is no other Node on this machine to run on')
}
