import type { Trouble } from './report.ts'

/** The modules that a page does not pay for before somebody wants them. Their hashed names come from the build. */
declare const __PANEL__: string
declare const __LIVE__: string
declare const __PAGE_API__: string

export const panelFile = () => __PANEL__
export const pageApiFile = () => __PAGE_API__
export const liveFile = () => __LIVE__

/** Fetches a module once; after a failure the next call tries anew. */
export function once<Module, Result>(
  base: string,
  file: string,
  use: (module: Module) => Result | Promise<Result>,
  failed: (trouble: Trouble) => void,
): () => Promise<Result> {
  let loading: Promise<Result> | undefined
  let failures = 0

  return () => {
    // Browsers remember that a module failed; a new address is a new attempt.
    loading ??= import(/* @vite-ignore */ `${base}/widget/${file}${failures ? `?${failures}` : ''}`).then(use)
    loading.catch((error) => {
      loading = undefined
      failures++
      failed({ code: 'chat_unavailable', message: String(error) })
    })
    return loading
  }
}
