import type { VNode } from 'preact'

const paths = {
  run: 'M5 3.5v9l7.5-4.5z',
  stop: 'M4 4h8v8H4z',
  add: 'M8 3v10M3 8h10',
  close: 'M4 4l8 8M12 4l-8 8',
  share: 'M6.5 9.5l3-3M7 4.5l1-1a3 3 0 014.2 4.2l-1 1M9 11.5l-1 1A3 3 0 013.800 8.300l1-1',
  export: 'M8 2.500v7.500M5 7l3 3 3-3M3 13.500h10',
  inspect: 'M2.500 4h11M2.500 8h7M2.500 12h9',
  tune: 'M3 5h6M12 5h1M3 11h1M7 11h6M10.500 3.500v3M5.500 9.500v3',
  sun: 'M8 5a3 3 0 100 6 3 3 0 000-6M8 1.500v1.500M8 13v1.500M1.500 8H3M13 8h1.500M3.400 3.400l1 1M11.600 11.600l1 1M12.600 3.400l-1 1M4.400 11.600l-1 1',
  moon: 'M12.500 9.700A5 5 0 016.300 3.500a5 5 0 106.200 6.200z',
  system: 'M2.500 3.500h11v7.500h-11zM6 13.500h4',
  chevron: 'M6 4l4 4-4 4',
} as const

/** A drawing beside or in place of a word. It says nothing itself: what has no text needs a label. */
export function Icon({ name }: { readonly name: keyof typeof paths }): VNode {
  const filled = name === 'run' || name === 'stop'
  return (
    <svg class={filled ? 'icon filled' : 'icon'} viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  )
}
