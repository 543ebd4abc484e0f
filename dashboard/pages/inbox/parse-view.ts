import { folders, states, type View } from '../../stores/view.ts'

/** From what the browser remembered to a view that exists. */
export function parseView(kept: string | undefined): View {
  const [folder, state, department] = (kept ?? '').split('.')
  return {
    folder: folders.find((each) => each === folder) ?? 'all',
    state: states.find((each) => each === state) ?? 'open',
    ...(department !== undefined && { department }),
  }
}
