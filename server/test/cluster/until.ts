/** Waits for what other processes bring about. */
export async function until(fits: () => boolean | Promise<boolean>, patienceMs = 15_000): Promise<void> {
  const end = performance.now() + patienceMs
  while (!(await fits())) {
    if (performance.now() > end) throw new Error(`This did not come about within ${patienceMs} ms: ${fits}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
