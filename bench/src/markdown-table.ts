/** A table as the formatter would have it. */
export function markdownTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [columns, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')))
  const widths = columns.map((_, index) => Math.max(3, ...cells.map((row) => widthOf(row[index] ?? ''))))
  const line = (row: readonly string[], fill: string): string =>
    `| ${widths.map((width, index) => `${row[index] ?? ''}${fill.repeat(width - widthOf(row[index] ?? ''))}`).join(' | ')} |`
  const [head = [], ...body] = cells
  return [line(head, ' '), line([], '-'), ...body.map((row) => line(row, ' '))].join('\n')
}

function widthOf(text: string): number {
  return Array.from(text).length
}
