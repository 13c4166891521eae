const home = '(?<![\\w.~-])/(?:home|root|tmp|work|Users|private/var)/|\\b[A-Z]:\\\\{1,2}(?:Users|Temp)\\b'
const registry = '(?://|\\b)(?:npm|registry|artifactory|nexus|verdaccio)\\.[a-z0-9-]+\\.[a-z]+\\b|//registry[.:/]'
const credentials = '_[a]uthToken|\\bnpm_[A-Za-z0-9]{36}\\b'

const trace = new RegExp([home, registry, credentials].join('|'), 'g')

/** What tells of the machine that a text was written on: its folders, its package registry, its credentials. */
export function privateTracesIn(text: string): string[] {
  return [...text.matchAll(trace)].map(([match]) => match)
}

/** The addresses that a lockfile downloads from; there are none when the registry is left to each machine. */
export function downloadAddressesIn(lockfile: string): string[] {
  return lockfile.match(/^.*(?:\btarball:|https?:\/\/).*$/gm) ?? []
}
