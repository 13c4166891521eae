import { firstSetup, fewestLanes, mostLanes, newLane, type ParamsSetup, type Setup } from '../setup.ts'

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

const target = { provider: '', model: '' }

/** What the elements of a list look like. */
const elements: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['images', ''],
  ['stop', ''],
  ['documents', { id: '', title: '', text: '' }],
  ['tools', { name: '', description: '', parameters: '', result: '' }],
  ['lanes', newLane(target)],
])

/** A URL may say anything: what has another form than it should is left at its default. */
function setupOf(value: unknown): Setup {
  const setup = shapedLike(firstSetup, value, '')
  const params = shapedLike(someParams, { ...someParams, ...setup.params }, '')
  const given = Object.keys(setup.params)
  const lanes = setup.lanes.slice(0, mostLanes)
  return {
    ...setup,
    params: Object.fromEntries(Object.entries(params).filter(([name]) => given.includes(name))),
    lanes: lanes.length < fewestLanes ? firstSetup.lanes : lanes,
  }
}

const someParams: Required<ParamsSetup> = {
  temperature: 0,
  maxTokens: 0,
  topP: 0,
  topK: 0,
  frequencyPenalty: 0,
  presencePenalty: 0,
  seed: 0,
  stop: [],
  toolChoice: 'auto',
}

/** The value where it has the form of the model, and the model itself where it has not. */
function shapedLike<Model>(model: Model, value: unknown, name: string): Model {
  if (Array.isArray(model)) {
    const element = elements.get(name)
    const list: unknown = Array.isArray(value) ? value.map((each) => shapedLike(element, each, '')) : model
    return list as Model
  }
  if (typeof model !== 'object' || model === null) return typeof value === typeof model ? (value as Model) : model
  if (typeof value !== 'object' || value === null) return model
  const given = value as Readonly<Record<string, unknown>>
  // Parameters are all optional, so that nothing tells of their form here.
  if (name === 'params') return given as Model
  const entries = Object.entries(model).map(([key, each]) => [key, shapedLike(each, given[key], key)])
  return Object.fromEntries(entries) as Model
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer())
}
