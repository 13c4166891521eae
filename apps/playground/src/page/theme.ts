import { type Signal, signal } from '@preact/signals'

export type Theme = 'system' | 'light' | 'dark'

const key = 'playground-theme'

export const theme: Signal<Theme> = signal<Theme>(stored())

/** Colours follow the system unless something else is chosen. */
export function chooseTheme(next: Theme): void {
  theme.value = next
  localStorage.setItem(key, next)
  applyTheme()
}

export function applyTheme(): void {
  document.documentElement.dataset['theme'] = theme.value
}

function stored(): Theme {
  const value = localStorage.getItem(key)
  return value === 'light' || value === 'dark' ? value : 'system'
}
