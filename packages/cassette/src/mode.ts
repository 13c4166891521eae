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
  const mode = modes.find((known) => known === wanted)
  if (mode) return mode
  throw new Error(`CASSETTE=${wanted} is no mode of a cassette. There are: ${modes.join(', ')}.`)
}
