import type { AudioPart } from './audio.ts'
import type { FilePart } from './file.ts'
import type { ImagePart } from './image.ts'

/** The text that stands for something that a model cannot be given, so that the conversation still says that it was there. */
export function placeholderOf(part: ImagePart | AudioPart | FilePart): string {
  if (part.type === 'audio' && part.transcript !== undefined) return part.transcript
  const words = [nameOf(part), 'mediaType' in part ? part.mediaType : addressOf(part)].filter(Boolean)
  return `[${part.type}${words.length > 0 ? `: ${words.join(', ')}` : ''}]`
}

function nameOf(part: ImagePart | AudioPart | FilePart): string | undefined {
  return 'name' in part ? part.name : undefined
}

/** A `data:` URL is the thing itself and no address. */
function addressOf(part: object): string | undefined {
  return 'url' in part && typeof part.url === 'string' && !part.url.startsWith('data:') ? part.url : undefined
}
