import type { Figure } from './figure.ts'
import { bundle } from './figures/bundle.ts'
import { events, packets } from './figures/events.ts'
import { imports } from './figures/imports.ts'
import { installation } from './figures/install.ts'
import { large } from './figures/large.ts'
import { call, first } from './figures/latency.ts'
import { retained, slow } from './figures/memory.ts'
import { partials } from './figures/partials.ts'
import { together } from './figures/together.ts'
import { types } from './figures/types.ts'

/** All that is measured, in the order of the page. */
export const figures: readonly Figure[] = [
  events,
  packets,
  together,
  first,
  call,
  partials,
  large,
  slow,
  retained,
  imports,
  bundle,
  installation,
  types,
]
