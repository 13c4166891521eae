import type { VNode } from 'preact'
import type { DocumentSetup, ToolSetup } from '../setup.ts'
import { Icon } from './icon.tsx'
import { change, setup } from './store.ts'

const newTool: ToolSetup = {
  name: '',
  description: '',
  parameters: '{\n  "type": "object",\n  "properties": {}\n}',
  result: '',
}

/** The list with one element changed, or taken out where there are no changes. */
function changed<Element>(
  list: readonly Element[],
  index: number,
  changes: Partial<Element> | undefined,
): readonly Element[] {
  return list.flatMap((each, at) => {
    if (at !== index) return [each]
    return changes ? [{ ...each, ...changes }] : []
  })
}

function Remove({ name, onClick }: { readonly name: string; readonly onClick: () => void }): VNode {
  return (
    <button type="button" class="icon-button" aria-label={`Remove ${name}`} onClick={onClick}>
      <Icon name="close" />
    </button>
  )
}

/** Documents for the answer to rest on. */
export function DocumentFields(): VNode {
  const { documents } = setup.value
  const edit = (index: number, changes: Partial<DocumentSetup> | undefined): void =>
    change({ documents: changed(documents, index, changes) })
  return (
    <>
      {documents.map(({ id, title, text }, index) => (
        <fieldset key={index} class="item">
          <legend class="unseen">Document {index + 1}</legend>
          <div class="item-head">
            <input
              aria-label="Title"
              placeholder="Title"
              value={title}
              onInput={({ currentTarget }) => edit(index, { title: currentTarget.value })}
            />
            <input
              class="mono short"
              aria-label="Id"
              placeholder="id"
              value={id}
              onInput={({ currentTarget }) => edit(index, { id: currentTarget.value })}
            />
            <Remove name={`document ${index + 1}`} onClick={() => edit(index, undefined)} />
          </div>
          <textarea
            rows={3}
            aria-label="Text"
            value={text}
            onInput={({ currentTarget }) => edit(index, { text: currentTarget.value })}
          />
        </fieldset>
      ))}
      <button
        type="button"
        class="button small"
        onClick={() =>
          change({ documents: [...documents, { id: `doc-${documents.length + 1}`, title: '', text: '' }] })
        }
      >
        <Icon name="add" /> Document
      </button>
    </>
  )
}

/** Tools that models may ask for. They are not run: what they give back is typed in. */
export function ToolFields(): VNode {
  const { tools } = setup.value
  const edit = (index: number, changes: Partial<ToolSetup> | undefined): void =>
    change({ tools: changed(tools, index, changes) })
  return (
    <>
      {tools.map(({ name, description, parameters, result }, index) => (
        <fieldset key={index} class="item">
          <legend class="unseen">Tool {index + 1}</legend>
          <div class="item-head">
            <input
              class="mono"
              aria-label="Name"
              placeholder="name"
              value={name}
              onInput={({ currentTarget }) => edit(index, { name: currentTarget.value })}
            />
            <Remove name={`tool ${index + 1}`} onClick={() => edit(index, undefined)} />
          </div>
          <input
            aria-label="Description"
            placeholder="What it does, and when to use it"
            value={description}
            onInput={({ currentTarget }) => edit(index, { description: currentTarget.value })}
          />
          <textarea
            class="mono"
            rows={5}
            aria-label="Parameters, as a JSON Schema"
            spellcheck={false}
            value={parameters}
            onInput={({ currentTarget }) => edit(index, { parameters: currentTarget.value })}
          />
          <textarea
            class="mono"
            rows={2}
            aria-label="Result"
            placeholder="What it gives back"
            spellcheck={false}
            value={result}
            onInput={({ currentTarget }) => edit(index, { result: currentTarget.value })}
          />
        </fieldset>
      ))}
      <button type="button" class="button small" onClick={() => change({ tools: [...tools, newTool] })}>
        <Icon name="add" /> Tool
      </button>
    </>
  )
}

/** The form of the answer. */
export function SchemaField(): VNode {
  return (
    <textarea
      class="mono"
      rows={8}
      aria-label="JSON Schema of the answer"
      placeholder={'{ "type": "object", "properties": { … } }'}
      spellcheck={false}
      value={setup.value.schema}
      onInput={({ currentTarget }) => change({ schema: currentTarget.value })}
    />
  )
}

/** Images for the models to look at: by address, or from files. */
export function ImageFields(): VNode {
  const { images } = setup.value
  return (
    <>
      <ul class="images">
        {images.map((url, index) => (
          <li key={index}>
            {url.startsWith('data:') ? <img src={url} alt={`Image ${index + 1}`} /> : <span class="mono">{url}</span>}
            <Remove
              name={`image ${index + 1}`}
              onClick={() => change({ images: images.filter((_, at) => at !== index) })}
            />
          </li>
        ))}
      </ul>
      <input
        type="url"
        aria-label="Address of an image"
        placeholder="https://… then Enter"
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
          event.preventDefault()
          const { currentTarget } = event
          if (!/^https?:\/\/\S+$/.test(currentTarget.value)) return
          addImages([currentTarget.value])
          currentTarget.value = ''
        }}
      />
      <label class="button small file">
        <Icon name="add" /> Image file
        <input
          class="unseen"
          type="file"
          accept="image/*"
          multiple
          onChange={async ({ currentTarget }) => {
            const files = [...(currentTarget.files ?? [])]
            currentTarget.value = ''
            addImages(await Promise.all(files.map(dataUrlOf)))
          }}
        />
      </label>
    </>
  )
}

function addImages(urls: readonly string[]): void {
  change({ images: [...setup.value.images, ...urls] })
}

function dataUrlOf(file: File): Promise<string> {
  const reader = new FileReader()
  return new Promise((resolve, reject) => {
    reader.addEventListener('load', () => resolve(typeof reader.result === 'string' ? reader.result : ''))
    reader.addEventListener('error', () => reject(reader.error ?? new Error('The file cannot be read.')))
    reader.readAsDataURL(file)
  })
}
