import { type Caller, mayUse } from './caller-key.ts'
import type { JsonObject } from './json-object.ts'
import type { Routes } from './routes.ts'

/**
 * The models that a caller may name, in the form of OpenAI's list and of Cohere's: aliases, and models that its key names. Behind
 * a provider any model may be named, which `interlingua.providers` tells.
 */
export function listModels(routes: Routes, caller: Caller): JsonObject {
  const { aliases, providers } = routes.names
  const own = (caller.models ?? []).filter((name) => !name.endsWith('*') && routes.find(name))
  const names = [...new Set([...aliases.filter((name) => mayUse(caller, name)), ...own])]
  const open = providers.filter((provider) => mayUse(caller, `${provider}/*`))
  return {
    object: 'list',
    data: names.map((id) => ({ id, object: 'model', created: 0, owned_by: ownerOf(routes, id) })),
    models: names.map((name) => ({ name, endpoints: ['chat'] })),
    interlingua: { providers: open },
  }
}

function ownerOf(routes: Routes, name: string): string {
  return routes.find(name)?.targets[0].provider.name ?? 'interlingua'
}
