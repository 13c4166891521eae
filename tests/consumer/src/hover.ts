/** What an editor shows for a name; `undefined` where it shows nothing. */
export type Hover = string | undefined

/** Where the variables of a text are declared. */
export function declarationsOf(text: string, names: readonly string[]): number[] {
  return names.map((name) => {
    const found = new RegExp(`(?:\\bconst |\\[|, )(?=${name}\\b)`, 'd').exec(text)
    if (!found) throw new Error(`there is no ${name}`)
    return found.index + found[0].length
  })
}
