/**
 * - `replay`: answers come from the cassette alone, and the network is never used
 * - `record-missing`: what is in the cassette is replayed, and what is not is sent and recorded
 * - `record`: everything is sent, and recorded anew
 * - `off`: everything is sent, and nothing is recorded
 */
export type CassetteMode = 'replay' | 'record-missing' | 'record' | 'off'

const modes: readonly CassetteMode[] = ['replay', 'record-missing', 'record', 'off']

/** The mode of the environment variable `CASSETTE`. Default: `replay`. */
export function modeOfEnvironment(): CassetteMode {
  const wanted = process.env['CASSETTE']
  if (wanted === undefined || wanted === '') return 'replay'
  return modeNamed(wanted, 'CASSETTE=')
}

/** The mode of that name; `where` says in an error who gave it. */
export function modeNamed(name: string, where: string): CassetteMode {
  const mode = modes.find((known) => known === name)
  if (mode) return mode
  throw new Error(`${where}${name} is no mode of a cassette. There are: ${modes.join(', ')}.`)
}
