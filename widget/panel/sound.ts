const heldMs = 3_000

/**
 * Of several tabs that hear of the message one makes the sound: the first to get the lock, which it keeps for a while.
 * Whatever the browser allows or lacks, a sound is nothing that may fail aloud.
 */
export async function soundOnce(id: string): Promise<void> {
  const lock = navigator.locks?.request(`signet-sound-${id}`, { ifAvailable: true }, async (mine) => {
    if (!mine) return
    play()
    await new Promise((resolve) => setTimeout(resolve, heldMs))
  })
  await (lock ?? play())?.catch(() => {})
}

/** Two soft notes. Browsers allow them once somebody has touched the page. */
function play(): undefined {
  if (navigator.userActivation && !navigator.userActivation.hasBeenActive) return
  try {
    const context = new AudioContext()
    for (const [at, pitch] of [
      [0, 660],
      [0.12, 880],
    ] as const) {
      const tone = context.createOscillator()
      const volume = context.createGain()
      const begins = context.currentTime + at
      tone.frequency.value = pitch
      volume.gain.setValueAtTime(0, begins)
      volume.gain.linearRampToValueAtTime(0.12, begins + 0.02)
      volume.gain.exponentialRampToValueAtTime(0.001, begins + 0.3)
      tone.connect(volume).connect(context.destination)
      tone.start(begins)
      tone.stop(begins + 0.32)
    }
    setTimeout(() => void context.close().catch(() => {}), 1_000)
  } catch {
    // No sound here, or too many already.
  }
}
