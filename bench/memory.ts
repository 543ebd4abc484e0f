/** Bytes of RSS, after garbage was collected where `--expose-gc` allows it. */
export async function memoryHeld(_asked: null): Promise<number> {
  for (const _round of [1, 2, 3]) {
    globalThis.gc?.()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return process.memoryUsage.rss()
}
