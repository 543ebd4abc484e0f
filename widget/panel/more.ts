import type { Surroundings } from './app.tsx'
import { loadMoreTexts } from './languages.ts'
import { adopt } from './styles.ts'

export type More = typeof import('./more/more.tsx')

const retryMs = 5_000

let loading: Promise<More> | undefined
let loaded: More | undefined

export const present = () => loaded

/** What most chats never show: home, forms, menus. Tries until it is there. */
export function moreOf(surroundings: Surroundings, place: Node | null): Promise<More> {
  loading ??= load(surroundings, place)
  return loading
}

async function load(surroundings: Surroundings, place: Node | null): Promise<More> {
  const { core } = surroundings
  for (;;) {
    try {
      const [more, texts] = await Promise.all([import('./more/more.tsx'), loadMoreTexts(core)])
      more.begin(core, texts, (css) => adopt(place?.getRootNode(), css))
      loaded = more
      return more
    } catch (error) {
      core.events.report({ code: 'chat_unavailable', message: String(error) })
      await new Promise((resolve) => setTimeout(resolve, retryMs))
    }
  }
}
