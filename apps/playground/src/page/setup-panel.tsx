import type { ComponentChildren, VNode } from 'preact'
import { Icon } from './icon.tsx'
import { change, isRunning, problem, runAll, setup, stopAll } from './store.ts'
import { DocumentFields, ImageFields, SchemaField, ToolFields } from './setup-fields.tsx'
import { ParamFields } from './param-fields.tsx'

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** What is asked. */
export function SetupPanel(): VNode {
  const { prompt, system, images, documents, tools, schema, params } = setup.value
  return (
    <form
      class="setup"
      aria-label="What to ask"
      onSubmit={(event) => {
        event.preventDefault()
        void runAll()
      }}
    >
      <div class="prompt">
        <label class="unseen" for="prompt">
          Prompt
        </label>
        <textarea
          id="prompt"
          rows={5}
          placeholder="Ask all lanes something…"
          value={prompt}
          onInput={({ currentTarget }) => change({ prompt: currentTarget.value })}
        />
        <div class="prompt-row">
          <span class="keys">
            <kbd>{isApple ? '⌘' : 'Ctrl'}</kbd> <kbd>Enter</kbd>
          </span>
          {isRunning.value ? (
            <button type="button" class="button" onClick={stopAll}>
              <Icon name="stop" /> Stop all
            </button>
          ) : (
            <button type="submit" class="button primary">
              <Icon name="run" /> Run
            </button>
          )}
        </div>
        {problem.value && (
          <p class="problem" role="alert">
            <strong>{problem.value.place}.</strong> {problem.value.message}
          </p>
        )}
      </div>
      <Section name="System" note={system === '' ? '' : 'set'}>
        <textarea
          rows={4}
          aria-label="System message"
          placeholder="Instructions that stand above the conversation"
          value={system}
          onInput={({ currentTarget }) => change({ system: currentTarget.value })}
        />
      </Section>
      <Section name="Images" note={countOf(images)}>
        <ImageFields />
      </Section>
      <Section name="Documents" note={countOf(documents)}>
        <DocumentFields />
      </Section>
      <Section name="Tools" note={countOf(tools)}>
        <ToolFields />
      </Section>
      <Section name="JSON schema" note={schema === '' ? '' : 'set'}>
        <SchemaField />
      </Section>
      <Section name="Parameters" note={countOf(Object.keys(params))}>
        <ParamFields />
      </Section>
    </form>
  )
}

function countOf({ length }: { readonly length: number }): string {
  return length === 0 ? '' : String(length)
}

interface SectionProps {
  readonly name: string
  /** What is in it, in a word. */
  readonly note: string
  readonly children: ComponentChildren
}

function Section({ name, note, children }: SectionProps): VNode {
  return (
    <details class="section">
      <summary>
        <Icon name="chevron" />
        {name}
        {note !== '' && <span class="count">{note}</span>}
      </summary>
      <div class="section-body">{children}</div>
    </details>
  )
}
