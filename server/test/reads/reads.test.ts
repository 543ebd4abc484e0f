import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { Asked } from '../../model/reads.ts'
import { Refused } from '../../model/refused.ts'
import { type ReadLimits, ReadThread } from '../../reads/reads.ts'

let reads: ReadThread

afterEach(() => reads.close())

const program = new URL('./any-worker.ts', import.meta.url)
const open = (limits: Partial<ReadLimits> = {}) => {
  reads = new ReadThread({ sqlite: '', index: '' }, limits, program)
}

async function ask(page: string, by = 'Ada'): Promise<string> {
  try {
    await reads.ask('conversationExport', { page } as unknown as Asked<'conversationExport'>, by)
    return 'answered'
  } catch (error) {
    return error instanceof Refused ? error.code : 'failed'
  }
}

describe('what is read apart', () => {
  test('[HT5] nobody waits for but who asked: the rest goes on while it takes for ever', async () => {
    open({ longestMs: 1_500 })
    const answers: string[] = []
    const asked = ['takes for ever', 'is answered'].map((page) => ask(page).then((code) => answers.push(code)))
    for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate)
    expect(answers).toEqual([])
    await Promise.all(asked)
    expect(answers).toEqual(['unavailable', 'answered'])
  })

  test.each([
    ['ends', 'failed'],
    ['breaks', 'failed'],
    ['eats memory', 'failed'],
    ['fails', 'failed'],
  ])('[HT5] a question that %s is refused alone', async (page, code) => {
    open({ heapMb: 32 })
    const answers = ['is answered', page, 'is answered', page, 'is answered'].map((each) => ask(each))
    expect(await Promise.all(answers)).toEqual(['answered', code, 'answered', code, 'answered'])
  })

  test('[HT5] more than can be answered is refused at once, and nobody fills the queue alone', async () => {
    open({ waiting: 5, waitingOfOne: 2 })
    const ada = Array.from({ length: 4 }, () => ask('is answered', 'Ada'))
    const others = Array.from({ length: 4 }, (_, index) => ask('is answered', `agent ${index}`))
    // One is being answered.
    expect(await Promise.all(ada)).toEqual(['answered', 'answered', 'answered', 'unavailable'])
    expect(await Promise.all(others)).toEqual(['answered', 'answered', 'answered', 'unavailable'])
  })

  test('[HT5] whoever asks much has others served in between', async () => {
    open()
    const served: string[] = []
    const asked = ['Ada', 'Ada', 'Ada', 'Ada', 'Bo', 'Bo', 'Cy'].map((by) =>
      ask('is answered', by).then(() => served.push(by)),
    )
    await Promise.all(asked)
    expect(served).toEqual(['Ada', 'Bo', 'Cy', 'Ada', 'Bo', 'Ada', 'Ada'])
  })

  test.runIf(process.platform === 'linux')('[HT5] the thread steps back for those who write', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'signet-reads-'))
    reads = new ReadThread({ sqlite: join(folder, 'empty.db'), index: join(folder, 'search.db') })
    expect(prioritiesHere()).not.toContain(10)
    await expect(reads.ask('indexSome', {}, 'indexing')).rejects.toThrow('no such table')
    expect(prioritiesHere()).toContain(10)
    rmSync(folder, { recursive: true })
  })

  test('[HT5] the thread is there only while somebody asks', async () => {
    open({ idleMs: 0 })
    expect(reads.running).toBe(false)
    expect(await ask('is answered')).toBe('answered')
    await expect.poll(() => reads.running).toBe(false)
    expect(await ask('is answered')).toBe('answered')
  })

  test('[DL8] whoever still waits when the server stops is refused', async () => {
    open()
    const answers = ['takes for ever', 'is answered'].map((each) => ask(each))
    await reads.close()
    expect(await Promise.all(answers)).toEqual(['unavailable', 'unavailable'])
    expect(await ask('is answered')).toBe('unavailable')
  })
})

/** Of each thread of this process, as Linux tells it: 0 is the usual one, more is less. */
function prioritiesHere(): number[] {
  return readdirSync('/proc/self/task').flatMap((thread) => {
    try {
      return Number(readFileSync(`/proc/self/task/${thread}/stat`, 'utf8').split(') ')[1]?.split(' ')[16])
    } catch {
      return [] // It has ended since.
    }
  })
}
