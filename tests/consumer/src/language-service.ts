import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import type TypeScript from 'typescript-6'
import type { Compiler } from './compiler.ts'
import type { Hover } from './hover.ts'

const require = createRequire(import.meta.url)

/** What the services of one compiler have parsed: the libraries are the same for every text. */
const registries = new Map<string, TypeScript.DocumentRegistry>()

/** Hovers over names of a file in an editor that has TypeScript, before 7, in its own process. */
export function hoverByService({ folder }: Compiler, path: string, text: string, offsets: readonly number[]): Hover[] {
  // What is used of it is the same in 5.9 and 6.
  const ts = require(folder) as typeof TypeScript
  const { sys } = ts
  const registry = registries.get(folder) ?? ts.createDocumentRegistry()
  registries.set(folder, registry)
  const readFile = (name: string): string | undefined => (name === path ? text : sys.readFile(name))
  const fileExists = (name: string): boolean => sys.fileExists(name)
  const configPath = ts.findConfigFile(dirname(path), fileExists)
  if (configPath === undefined) throw new Error(`${path} belongs to no project`)
  const { config, error } = ts.readConfigFile(configPath, readFile)
  if (error) throw new Error(ts.flattenDiagnosticMessageText(error.messageText, '\n'))
  const { options } = ts.parseJsonConfigFileContent(config, sys, dirname(configPath))
  const host: TypeScript.LanguageServiceHost = {
    fileExists,
    readFile,
    directoryExists: (name) => sys.directoryExists(name),
    getDirectories: (name) => sys.getDirectories(name),
    realpath: (name) => sys.realpath?.(name) ?? name,
    useCaseSensitiveFileNames: () => sys.useCaseSensitiveFileNames,
    getCompilationSettings: () => options,
    getScriptFileNames: () => [path],
    getScriptVersion: (name) => (name === path ? text : '1'),
    getScriptSnapshot: (name) => {
      const content = readFile(name)
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content)
    },
    getCurrentDirectory: () => dirname(configPath),
    getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
  }
  const service = ts.createLanguageService(host, registry)
  return offsets.map((offset) => ts.displayPartsToString(service.getQuickInfoAtPosition(path, offset)?.displayParts))
}
