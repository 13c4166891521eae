import { execFile } from 'node:child_process'
import { delimiter, join } from 'node:path'

/** The folder that holds the workspace. */
export const root: string = join(import.meta.dirname, '..', '..', '..')

const tools = join(root, 'node_modules', '.bin')

/** The `PATH` of a machine that has never heard of this repository. */
export const systemPath: string = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((folder) => !/node_modules[\\/]\.bin$|node-gyp-bin$/.test(folder))
  .join(delimiter)

/** The `PATH` that the scripts of this repository have. */
const toolPath: string = `${tools}${delimiter}${systemPath}`

/** Runs a program to its end, and gives what it printed. Throws all that it said where it fails. */
export function run(program: string, args: readonly string[], cwd: string, path: string = toolPath): Promise<string> {
  const env = { ...process.env, PATH: path }
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  execFile(program, args, { cwd, env, timeout: 180_000, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
    if (!error) return resolve(stdout)
    const command = [program, ...args].join(' ')
    reject(new Error(`${command} failed (${error.code ?? error.signal}):\n${stdout}${stderr}`))
  })
  return promise
}
