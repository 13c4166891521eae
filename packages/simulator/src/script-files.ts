import type { Script } from './script.ts'

/**
 * The scripts of a file, or of all files of a folder in the order of their names: JSON, or YAML where the package `yaml`
 * is installed. A file has one script, a list of them, or an object with the field `scripts`. Its form is that of
 * `@interlingua/simulator/script.schema.json`; a field that is not in it is an error that says where it is. A script may
 * name a `bodyFile` beside it, such as a recorded stream. Needs Node.
 * @throws {TypeError} When a file is not what it has to be.
 */
export async function loadScripts(path: string): Promise<Script[]> {
  // Loaded on demand, so that everything else runs where there is no file system.
  const { readScripts } = await import('./read-scripts.ts')
  return readScripts(path)
}
