import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { isObject, parsedJson, textOfJson, without, type JsonObject } from './json.ts'
import { schemaProblem } from './schema-problem.ts'
import type { Script } from './script.ts'

const extensions = new Set(['.json', '.yaml', '.yml'])

/** Reads the scripts of a file or a folder. */
export async function readScripts(path: string): Promise<Script[]> {
  if (!(await stat(path)).isDirectory()) return readFileOf(path)
  const names = (await readdir(path)).filter((name) => extensions.has(extname(name))).toSorted()
  const all = await Promise.all(names.map((name) => readFileOf(join(path, name))))
  return all.flat()
}

async function readFileOf(path: string): Promise<Script[]> {
  const text = await readFile(path, 'utf8')
  const value = extname(path) === '.json' ? json(text, path) : await yaml(text, path)
  const schema = parsedJson(await readFile(new URL('../script.schema.json', import.meta.url), 'utf8'))
  const problem = isObject(schema) ? schemaProblem(value, schema) : 'there is no schema'
  if (problem !== undefined) throw new TypeError(`${path}: ${problem}`)
  const inner = isObject(value) && Array.isArray(value['scripts']) ? value['scripts'] : [value].flat()
  return Promise.all(inner.filter(isObject).map((script) => scriptOf(script, dirname(path))))
}

// What a file can say of a body: a text, any JSON, or another file.
async function scriptOf(written: JsonObject, folder: string): Promise<Script> {
  const { body, bodyFile } = written
  const bytes = typeof bodyFile === 'string' ? await readFile(join(folder, bodyFile)) : undefined
  return {
    ...without(written, 'bodyFile', '$schema'),
    ...(body !== undefined && { body: textOfJson(body) }),
    // As text where it is one, so that a recorded stream is paced event by event.
    ...(bytes && { body: bytes.toString() }),
  }
}

function json(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new TypeError(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

async function yaml(text: string, path: string): Promise<unknown> {
  let parse: (source: string) => unknown
  try {
    ;({ parse } = await import('yaml'))
  } catch (error) {
    throw new TypeError(`${path}: to read YAML, install the package yaml beside the simulator`, { cause: error })
  }
  try {
    return parse(text)
  } catch (error) {
    throw new TypeError(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}
