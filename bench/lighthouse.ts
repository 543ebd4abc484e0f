/** What the chat costs a page: Lighthouse's scores, shifts and long tasks, each beside the same page without it. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { chromiumPath, launchBrowser } from '../e2e/browser.ts'
import { root } from '../scripts/sources.ts'
import type { Database } from './databases.ts'
import { type HostPage, openHostPage } from './lighthouse-page.ts'
import { median } from './rounds.ts'
import { mostRow, percent, type Row, type Scale } from './row.ts'
import { startSignet } from './signet.ts'

const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const
const program = join(root, 'bench/lighthouse/node_modules/lighthouse/cli/index.js')
const chromeFlags =
  '--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking'
const longestTaskMs = 50
const slowdown = 4

export async function lighthouse({ rounds }: Scale, database: Database): Promise<Row[]> {
  const signet = await startSignet(database)
  const page = await openHostPage(signet)
  try {
    return [...(await scores(page, rounds)), ...(await costs(page, rounds))]
  } finally {
    page.close()
    await signet.stop()
  }
}

/** In turn, because the machine's other work shows in the scores. */
async function scores(page: HostPage, rounds: number): Promise<Row[]> {
  const ours: number[][] = []
  const limit: number[][] = []
  for (let round = 0; round < rounds; round++) {
    ours.push(await scoresOf(page.withChat))
    limit.push(await scoresOf(page.without))
  }
  return categories.map((category, index) => {
    const [own = 0, bare = 0] = [ours, limit].map((runs) => median(runs.map((run) => run[index] ?? 0)))
    return scoreRow(`Lighthouse, ${category}`, own, bare)
  })
}

function scoreRow(what: string, ours: number, limit: number): Row {
  return {
    what,
    ours: `${ours}`,
    limit: `${limit}`,
    ratio: percent(ours / limit),
    budget: '≥ 100 %',
    met: ours >= limit,
    bar: { of: 'limit', part: ours / limit, budget: 1 },
  }
}

async function scoresOf(address: string): Promise<number[]> {
  const options = [
    '--output=json',
    '--quiet',
    `--only-categories=${categories.join(',')}`,
    `--chrome-flags=${chromeFlags}`,
  ]
  const { stdout } = await promisify(execFile)(process.execPath, [program, address, ...options], {
    env: { ...process.env, CHROME_PATH: chromiumPath },
    maxBuffer: 64 * 1024 * 1024,
  })
  const report: { categories: Record<string, { score: number }> } = JSON.parse(stdout)
  return categories.map((category) => Math.round((report.categories[category]?.score ?? 0) * 100))
}

/** In the processor's time, so that what else the machine does is not counted; a slow phone is four times as slow. */
async function costs(page: HostPage, rounds: number): Promise<Row[]> {
  const seen: { longestTask: number; shift: number }[] = []
  while (seen.length < rounds) seen.push(await costOf(page))
  const tasks = seen.map(({ longestTask }) => longestTask * slowdown)
  const shifts = seen.map(({ shift }) => shift)
  return [
    mostRow('longest task while the chat comes and opens, 4× slower', 'ms', median(tasks), longestTaskMs),
    mostRow('layout shift while the chat comes and opens', '', median(shifts), 0.001),
  ]
}

/** The page is done with itself before the chat comes: whatever is seen then is the chat's. */
async function costOf({ without, settings, script }: HostPage) {
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage()
    await page.goto(without, { waitUntil: 'networkidle' })
    await page.evaluate(watchShifts)
    await browser.startTracing(page, { categories: ['toplevel'] })
    await page.evaluate((given) => Reflect.set(window, 'tiledeskSettings', given), settings)
    await page.evaluate((address) => {
      document.head.append(Object.assign(document.createElement('script'), { src: address }))
    }, script)
    await page.locator('.launcher').hover()
    await page.locator('.launcher').click()
    await page.getByRole('dialog').waitFor()
    await page.waitForTimeout(1_000)
    const shift = await page.evaluate(() => Number(Reflect.get(window, 'shift')))
    return { longestTask: longestIn(String(await browser.stopTracing())), shift }
  } finally {
    await browser.close()
  }
}

function watchShifts() {
  Reflect.set(window, 'shift', 0)
  // Also what follows an input, which browsers themselves would forgive.
  const add = (entry: PerformanceEntry) => {
    Reflect.set(window, 'shift', Number(Reflect.get(window, 'shift')) + Number(Reflect.get(entry, 'value')))
  }
  new PerformanceObserver((list) => list.getEntries().forEach(add)).observe({ type: 'layout-shift' })
}

interface TraceEvent {
  name: string
  pid: number
  tid: number
  /** Of the processor, in microseconds. */
  tdur?: number
  args: { name?: string }
}

/** In milliseconds, of the threads on which pages run. */
function longestIn(trace: string): number {
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse(trace)
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid}/${tid}`
  const isPages = ({ name, args }: TraceEvent) => name === 'thread_name' && args.name === 'CrRendererMain'
  const threads = new Set(traceEvents.filter(isPages).map(threadOf))
  const tasks = traceEvents.filter((event) => event.name.endsWith('RunTask') && threads.has(threadOf(event)))
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1_000
}
