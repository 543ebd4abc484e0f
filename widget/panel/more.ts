import type { Surroundings } from './app.tsx'
import { loadMoreTexts } from './languages.ts'
import { adopt } from './styles.ts'

export type More = typeof import('./more/more.tsx')

const retryMs = 3_000

let loading: Promise<More> | undefined
let loaded: More | undefined

export const present = () => loaded

/** What most chats never show: home, forms, menus. Tries until it is there, and says once that it is not. */
export function moreOf(surroundings: Surroundings, place: Node | null): Promise<More> {
  loading ??= load(surroundings, place)
  return loading
}

async function load(surroundings: Surroundings, place: Node | null, isReported = false): Promise<More> {
  const { core } = surroundings
  try {
    const [more, texts] = await Promise.all([import('./more/more.tsx'), loadMoreTexts(core.settings.lang)])
    core.learn(more.moreDefaults)
    more.begin(texts, (css) => adopt(place?.getRootNode(), css))
    loaded = more
    return more
  } catch (error) {
    if (!isReported) core.events.report({ code: 'chat_unavailable', message: String(error) })
    await new Promise((resolve) => setTimeout(resolve, retryMs))
    return load(surroundings, place, true)
  }
}
