/** The forms in which a vector can be asked for. */
export const embeddingTypes = ['float', 'int8', 'uint8', 'binary', 'ubinary', 'base64'] as const

/** One of them. */
export type EmbeddingType = (typeof embeddingTypes)[number]

/** A vector in one of its forms, as documented: bytes for `int8` and `uint8`, eight signs in a byte for the binary ones. */
export function encodeVector(vector: Float64Array, type: EmbeddingType): number[] | string {
  switch (type) {
    case 'float':
      return Array.from(vector, Math.fround).map((value) => Number(value.toPrecision(8)))
    case 'int8':
      return bytes(vector)
    case 'uint8':
      return bytes(vector).map((value) => value + 128)
    case 'ubinary':
      return signs(vector)
    case 'binary':
      return signs(vector).map((value) => value - 128)
    default:
      return base64(vector)
  }
}

function bytes(vector: Float64Array): number[] {
  const most = vector.reduce((max, value) => Math.max(max, Math.abs(value)), 0)
  return Array.from(vector, (value) => (most === 0 ? 0 : Math.round((value / most) * 127)))
}

function signs(vector: Float64Array): number[] {
  return Array.from({ length: vector.length / 8 }, (_, at) =>
    vector.subarray(8 * at, 8 * at + 8).reduce((byte, value) => byte * 2 + (value > 0 ? 1 : 0), 0),
  )
}

/** The numbers as 32-bit floats, the low byte first. */
function base64(vector: Float64Array): string {
  const view = new DataView(new ArrayBuffer(4 * vector.length))
  for (const [at, value] of vector.entries()) view.setFloat32(4 * at, value, true)
  let text = ''
  for (const byte of new Uint8Array(view.buffer)) text += String.fromCharCode(byte)
  return btoa(text)
}
