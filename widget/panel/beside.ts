import type { Beside, Core } from '../core.ts'
import type { Root } from '../root.ts'

/** What stands beside the launcher while the chat is closed. */
export function mount(_core: Core, _root: Root): Beside {
  return { showCallout() {} }
}
