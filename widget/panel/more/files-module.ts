import { atom } from 'nanostores'
import { useEffect } from 'preact/hooks'
import { type Surroundings, useSurroundings } from '../app.tsx'
import { useAtom } from '../use-atom.ts'

export type FilesModule = typeof import('../files/files.tsx')

const retryMs = 5_000

const present = atom<FilesModule | undefined>(undefined)
let adopt: (css: string) => void = () => {}
let loading: Promise<FilesModule> | undefined

export function dressFiles(how: (css: string) => void): void {
  adopt = how
}

/** Fetched when somebody sends a file or is about to, or when there is one in the conversation. */
export function loadFiles({ core }: Surroundings): Promise<FilesModule> {
  loading ??= load(core.events.report)
  return loading
}

async function load(report: (error: unknown) => void): Promise<FilesModule> {
  for (;;) {
    try {
      const module = await import('../files/files.tsx')
      adopt(module.filesCss)
      present.set(module)
      return module
    } catch (error) {
      report({ code: 'chat_unavailable', message: String(error) })
      await new Promise((resolve) => setTimeout(resolve, retryMs))
    }
  }
}

/** Undefined until it is there; asked for only when it is wanted. */
export function useFiles(isWanted: boolean): FilesModule | undefined {
  const surroundings = useSurroundings()
  const files = useAtom(present)
  useEffect(() => {
    if (isWanted) void loadFiles(surroundings)
  }, [surroundings, isWanted])
  return files
}
