/** Loaded into the server before everything else: tells how much is in its heap once the garbage is gone. */
process.on('message', () => {
  globalThis.gc?.()
  process.send?.({ heap: process.memoryUsage().heapUsed })
})
process.channel?.unref()
// Nobody is left behind when the one who started it is killed.
process.on('disconnect', () => process.exit())
