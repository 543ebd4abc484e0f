/** Calls `listener` when waiting has become pointless: the network is back, or somebody looks at the page again. */
export function onWake(listener: () => void): () => void {
  const seen = () => {
    if (!isHidden()) listener()
  }
  if (!globalThis.document) return () => {}
  addEventListener('online', listener)
  document.addEventListener('visibilitychange', seen)
  return () => {
    removeEventListener('online', listener)
    document.removeEventListener('visibilitychange', seen)
  }
}

/** Is this page one that nobody looks at now? */
export function isHidden(): boolean {
  return globalThis.document?.hidden
}
