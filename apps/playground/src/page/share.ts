import { firstSetup, fewestLanes, mostLanes, newLane, type Setup } from '../setup.ts'

/** The part of a setup that fits into a URL: all of it but files. */
export function sharedSetup(setup: Setup): Setup {
  return { ...setup, images: setup.images.filter((url) => !url.startsWith('data:')) }
}

/** A setup as the hash of a URL, which browsers do not send to any server. */
export async function encodeSetup(setup: Setup): Promise<string> {
  const text = JSON.stringify(sharedSetup(setup))
  const bytes = await through(new TextEncoder().encode(text), new CompressionStream('deflate-raw'))
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return `#s=${btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`
}

/** The setup in a hash; `undefined` where there is none, or none that can be read. */
export async function decodeSetup(hash: string): Promise<Setup | undefined> {
  const [, code] = /^#s=([\w-]+)$/.exec(hash) ?? []
  if (code === undefined) return undefined
  try {
    const binary = atob(code.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
    const text = new TextDecoder().decode(await through(bytes, new DecompressionStream('deflate-raw')))
    return setupOf(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** A URL may say anything: what has the wrong form is left at its default. */
function setupOf(value: unknown): Setup | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const given = value as Partial<Record<keyof Setup, unknown>>
  const setup = { ...firstSetup }
  for (const name of Object.keys(firstSetup) as (keyof Setup)[]) {
    if (sameKind(given[name], firstSetup[name])) Object.assign(setup, { [name]: given[name] })
  }
  const lanes = setup.lanes.slice(0, mostLanes).map((lane) => ({ ...newLane(lane), ...lane }))
  return { ...setup, lanes: lanes.length < fewestLanes ? firstSetup.lanes : lanes }
}

function sameKind(one: unknown, other: unknown): boolean {
  return typeof one === typeof other && one !== null && Array.isArray(one) === Array.isArray(other)
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer())
}
