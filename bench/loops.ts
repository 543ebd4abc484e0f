/** So many calls in flight at all times, for so long; gives calls a second. A part of the time before does not count. */
export async function closedLoop(
  { inFlight, seconds }: { inFlight: number; seconds: number },
  call: () => Promise<unknown>,
): Promise<number> {
  await run(inFlight, seconds / 3, call)
  const began = performance.now()
  const calls = await run(inFlight, seconds, call)
  return calls / ((performance.now() - began) / 1000)
}

async function run(inFlight: number, seconds: number, call: () => Promise<unknown>): Promise<number> {
  const until = performance.now() + seconds * 1000
  let calls = 0
  const one = async () => {
    while (performance.now() < until) {
      await call()
      calls += 1
    }
  }
  await Promise.all(Array.from({ length: inFlight }, one))
  return calls
}
