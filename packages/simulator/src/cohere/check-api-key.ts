import { uuidOf } from '../fingerprint.ts'
import type { Call, Reply } from '../route.ts'
import { jsonReply } from './body.ts'

/** `POST /v1/check-api-key`. A key that does not get this far is not valid. */
export function checkApiKey(_call: Call): Reply {
  return jsonReply({ valid: true, organization_id: uuidOf('organization'), owner_id: uuidOf('owner') })
}
