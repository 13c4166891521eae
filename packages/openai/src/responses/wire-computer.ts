/** What a model asks a computer to do, as it stands on the wire: https://platform.openai.com/docs/guides/tools-computer-use. */
export type WireComputerAction =
  | {
      type: 'click'
      button: 'left' | 'right' | 'wheel' | 'back' | 'forward'
      x: number
      y: number
      keys?: string[] | null
    }
  | { type: 'double_click'; x: number; y: number; keys: string[] | null }
  | { type: 'drag'; path: { x: number; y: number }[]; keys?: string[] | null }
  | { type: 'keypress'; keys: string[] }
  | { type: 'move'; x: number; y: number; keys?: string[] | null }
  | { type: 'screenshot' }
  | { type: 'scroll'; scroll_x: number; scroll_y: number; x: number; y: number; keys?: string[] | null }
  | { type: 'type'; text: string }
  | { type: 'wait' }
