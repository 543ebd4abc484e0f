/** Loaded into a node before everything else: its clock can be set from outside, as an operator or NTP would. */
const trueNow = Date.now
let offsetMs = 0

Date.now = () => trueNow() + offsetMs

process.on('message', (message) => {
  if (typeof message === 'object' && message !== null && 'offsetMs' in message) offsetMs = Number(message.offsetMs)
})
process.channel?.unref()
// Nobody is left behind when the one who started it is killed.
process.on('disconnect', () => process.exit())
