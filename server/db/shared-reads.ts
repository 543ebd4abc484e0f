/**
 * What many ask of the database at the same moment is read once for all of them. Whoever asks while the same is being
 * read waits for the next reading, which begins when that one ends: nobody is given what was read before he asked.
 */
export class SharedReads {
  #latest = new Map<string, { reading: Promise<unknown>; begun: boolean }>()

  /** The readings of one key are the same query; nobody changes what he is given. */
  read<Result>(key: string, query: () => Promise<Result>): Promise<Result> {
    const latest = this.#latest.get(key)
    if (latest && !latest.begun) return latest.reading as Promise<Result>
    const own = { reading: Promise.resolve() as Promise<unknown>, begun: latest === undefined }
    const begin = () => {
      own.begun = true
      return query()
    }
    const reading = latest ? latest.reading.then(begin, begin) : query()
    own.reading = reading
    this.#latest.set(key, own)
    const done = () => {
      if (this.#latest.get(key) === own) this.#latest.delete(key)
    }
    reading.then(done, done)
    return reading
  }
}
