/** In the place of the thread that reads: does what a question says. */
import { parentPort } from 'node:worker_threads'

parentPort?.on('message', ({ id, asked }: { id: number; asked: { page: string } }) => {
  if (asked.page === 'ends') process.exit(1)
  if (asked.page === 'breaks') setImmediate(() => Promise.reject(new Error('broken')))
  if (asked.page === 'takes for ever') for (;;);
  if (asked.page === 'eats memory') for (const all: number[][] = []; ; ) all.push(new Array(100_000).fill(all.length))
  if (asked.page === 'fails') parentPort?.postMessage({ id, error: 'failed' })
  if (asked.page === 'is answered') parentPort?.postMessage({ id, answer: new Uint8Array([1]) })
})
