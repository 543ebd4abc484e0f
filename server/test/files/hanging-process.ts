/** In the place of the process that makes pictures: hangs or dies, as the name of the picture says. */
process.on('message', (job: { from: string }) => {
  if (job.from === 'dies') process.kill(process.pid, 'SIGSEGV')
  if (job.from === 'talks') process.send?.({ width: 'wide' })
  if (job.from === 'good') process.send?.({ width: 1, height: 2 })
})
process.on('disconnect', () => process.exit())
