import { InterlinguaError } from './error.ts'
import { type WithoutUndefined, withoutUndefined } from './without-undefined.ts'

/**
 * Checks an option whose members are numbers of a unit.
 *
 * @throws {InterlinguaError} of code `invalid_request` where one is not a positive number.
 */
export function readPositive<Option extends { readonly [Member in keyof Option]?: number | undefined }>(
  option: Option | undefined,
  name: string,
  unit: string,
): Partial<WithoutUndefined<Option>> {
  for (const [member, value] of Object.entries<number | undefined>({ ...option })) {
    if (value === undefined || (typeof value === 'number' && value > 0)) continue
    const field = `${name}.${member}`
    const message = `\`${field}\` has to be a positive number of ${unit}, or Infinity for none, and is ${String(value)}.`
    throw new InterlinguaError({ code: 'invalid_request', message, field })
  }
  return option ? withoutUndefined(option) : {}
}
