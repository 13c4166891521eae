import type { VNode } from 'preact'
import { type Reading, seconds } from './reading.ts'

/** What the answer takes, in numbers that stay in their place. */
export function Meters({ reading }: { readonly reading: Reading }): VNode {
  const { firstTokenAt, tokensPerSecond, outputTokens, usd, usage } = reading
  const { billed, ...tokens } = usage
  return (
    <div class="meters">
      <dl class="meter-row">
        <Meter name="First token" value={firstTokenAt === undefined ? '–' : seconds(firstTokenAt)} />
        <Meter name="Speed" value={tokensPerSecond === undefined ? '–' : `${tokensPerSecond.toFixed(0)} tok/s`} />
        <Meter
          name="Output"
          value={outputTokens.count === 0 ? '–' : `${outputTokens.exact ? '' : '≈ '}${outputTokens.count} tok`}
          title={outputTokens.exact ? 'As the provider counts' : 'Pieces so far; the provider has not counted yet'}
        />
        <Meter
          name="Cost"
          value={usd === undefined ? '–' : `${usd.exact ? '' : '≥ '}$${usd.amount.toFixed(6)}`}
          title={
            usd?.exact === false ? 'The output so far; the input is not counted yet' : 'At the prices that are listed'
          }
        />
      </dl>
      {Object.keys(usage).length > 0 && (
        <details class="usage">
          <summary>Usage and billed units</summary>
          <table>
            <tbody>
              {Object.entries(tokens).map(([unit, count]) => (
                <Row key={unit} name={wordsOf(unit)} count={count} />
              ))}
            </tbody>
            <tbody>
              {Object.entries(billed ?? {}).map(([unit, count]) => (
                <Row key={unit} name={`billed: ${wordsOf(unit)}`} count={Number(count)} />
              ))}
            </tbody>
            <tbody>
              {reading.cost?.items.map(({ unit, count, usdPerMillion, nanoUsd }) => (
                <tr key={unit}>
                  <th scope="row">
                    {count} × ${usdPerMillion}/M {wordsOf(unit)}
                  </th>
                  <td>${(nanoUsd / 1e9).toFixed(6)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {reading.cost?.price && <p class="note">Prices of {reading.cost.price.date}.</p>}
        </details>
      )}
    </div>
  )
}

function Meter({
  name,
  value,
  title,
}: {
  readonly name: string
  readonly value: string
  readonly title?: string
}): VNode {
  return (
    <div class="meter" title={title}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function Row({ name, count }: { readonly name: string; readonly count: number }): VNode {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{count}</td>
    </tr>
  )
}

/** `cacheReadTokens` as `cache read tokens`. */
function wordsOf(unit: string): string {
  return unit.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
