import type { Citation } from '@interlingua/core'
import { Component, type VNode } from 'preact'
import { hideTip, showTip } from './tip.tsx'

/** A source, and the number that the text names it by. */
export interface NumberedSource {
  readonly key: string
  readonly number: number
  readonly source: Citation['sources'][number]
}

/** All sources of an answer, each once, in the order in which they are cited. */
export function sourcesOf(citations: readonly Citation[]): readonly NumberedSource[] {
  const found = new Map<string, NumberedSource>()
  for (const { sources } of citations) {
    for (const source of sources) {
      const key = keyOf(source)
      if (!found.has(key)) found.set(key, { key, number: found.size + 1, source })
    }
  }
  return [...found.values()]
}

function keyOf({ type, id, url, title }: Citation['sources'][number]): string {
  return [type, id, url, title].join('|')
}

const blockSize = 1500

/**
 * Where a long text is cut, so that what has been drawn is not drawn again: after the first line break that is so far from
 * the last cut, else the first space. What has come later does not move a cut.
 */
function cutsOf(text: string): readonly number[] {
  const cuts = [0]
  for (let start = 0; text.length >= start + 2 * blockSize;) {
    const line = text.indexOf('\n', start + blockSize)
    const limit = start + 2 * blockSize
    const space = text.indexOf(' ', start + blockSize)
    const cut = line !== -1 && line < limit ? line + 1 : space !== -1 && space < limit ? space + 1 : limit
    cuts.push(cut)
    start = cut
  }
  return cuts
}

interface AnswerTextProps {
  readonly text: string
  readonly citations: readonly Citation[]
  /** Whether more is to come. */
  readonly isGrowing?: boolean
}

/** The text of an answer with its citations. */
export function AnswerText({ text, citations, isGrowing = false }: AnswerTextProps): VNode {
  const cuts = cutsOf(text)
  const inText = citations.filter(({ target = 'text' }) => target === 'text')
  const numbers = new Map(sourcesOf(citations).map(({ key, number }) => [key, number]))
  return (
    <div class="answer-text">
      {cuts.map((start, index) => {
        const next = cuts[index + 1]
        const end = next ?? text.length
        // What stands between line breaks is laid out by itself, and not again when there is more behind it.
        const isWhole = next !== undefined && isLineBreak(text, start) && isLineBreak(text, next)
        return (
          <Block
            key={start}
            start={start}
            isWhole={isWhole}
            text={text.slice(start, end)}
            citations={inText.filter((citation) => citation.start < end && citation.end > start)}
            numbers={numbers}
          />
        )
      })}
      {isGrowing && <span class="caret" />}
    </div>
  )
}

function isLineBreak(text: string, at: number): boolean {
  return at === 0 || text[at - 1] === '\n'
}

interface BlockProps {
  readonly start: number
  /** Whether it is so many whole lines, and no more of them come. */
  readonly isWhole: boolean
  readonly text: string
  readonly citations: readonly Citation[]
  readonly numbers: ReadonlyMap<string, number>
}

class Block extends Component<BlockProps> {
  override shouldComponentUpdate(next: BlockProps): boolean {
    const { text, isWhole, citations } = this.props
    return next.text !== text || next.isWhole !== isWhole || next.citations.length !== citations.length
  }

  override render({ start, isWhole, text, citations, numbers }: BlockProps): VNode {
    const Wrapper = isWhole ? 'div' : 'span'
    const edges = new Set([0, text.length])
    for (const citation of citations) {
      edges.add(Math.max(0, citation.start - start))
      edges.add(Math.min(text.length, citation.end - start))
    }
    const sorted = [...edges].toSorted((one, other) => one - other)
    return (
      <Wrapper>
        {sorted.slice(0, -1).map((from, index) => {
          const to = sorted[index + 1] ?? text.length
          const piece = text.slice(from, to)
          const here = citations.filter((each) => each.start - start <= from && each.end - start >= to)
          if (here.length === 0) return piece
          const ends = here.filter((each) => each.end - start === to)
          return <Cited key={from} piece={piece} citations={here} ending={ends} numbers={numbers} />
        })}
      </Wrapper>
    )
  }
}

interface CitedProps {
  readonly piece: string
  readonly citations: readonly Citation[]
  /** Those that end here, whose numbers stand behind the piece. */
  readonly ending: readonly Citation[]
  readonly numbers: ReadonlyMap<string, number>
}

function Cited({ piece, citations, ending, numbers }: CitedProps): VNode {
  const cited = [...new Set(ending.flatMap(({ sources }) => sources.map((source) => numbers.get(keyOf(source)))))]
  const show = ({ currentTarget }: { readonly currentTarget: Element }): void => showTip(citations, currentTarget)
  return (
    <a
      class="cite"
      href="#sources"
      aria-describedby="tip"
      onMouseEnter={show}
      onFocus={show}
      onMouseLeave={() => void hideTip()}
      onBlur={() => void hideTip()}
      onClick={(event) => event.preventDefault()}
    >
      {piece}
      {cited.length > 0 && <sup>{cited.join(',')}</sup>}
    </a>
  )
}
