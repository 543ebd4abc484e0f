import type { Model } from '../model.ts'
import { RecentMap } from '../recent-map.ts'

const dayMs = 86_400_000
const lookedBackMs = 7 * dayMs
/** Fewer say nothing about the next one. */
const fewest = 3
const most = 200
const keptMs = 10 * 60_000
const keptProjects = 1_000

interface Kept {
  until: number
  seconds: Promise<number | null>
}

/** How long first answers take, for every page that shows the widget: reckoned now and then, and kept. */
export class ReplyTimes {
  #model: Pick<Model, 'database' | 'now'>
  #kept = new RecentMap<Kept>(keptProjects)

  constructor(model: Pick<Model, 'database' | 'now'>) {
    this.#model = model
  }

  /** The median of the last days in seconds; null while too little is known. */
  async seconds(projectId: string): Promise<number | null> {
    const now = this.#model.now()
    const kept = this.#kept.get(projectId)
    if (kept && now < kept.until) return kept.seconds
    const seconds = median(this.#model, projectId)
    this.#kept.set(projectId, { until: now + keptMs, seconds })
    // A database that did not answer is asked again.
    seconds.catch(() => this.#kept.delete(projectId))
    return seconds
  }
}

/** Of the latest conversations. Each one's first answer is found where its messages begin. */
async function median({ database, now }: Pick<Model, 'database' | 'now'>, projectId: string): Promise<number | null> {
  const rows = await database.rows<{ created_at: number; answered_at: number | null }>(
    `select c.created_at, (
       select m.created_at from messages m
       where m.conversation_id = c.id and m.author_kind = 'agent' and m.kind = 'text'
       order by m.change_number limit 1
     ) as answered_at
     from conversations c where c.project_id = ? and c.last_activity_at > ?
     order by c.last_activity_at desc, c.id desc limit ?`,
    [projectId, now() - lookedBackMs, most],
  )
  const waits = rows.flatMap(({ created_at: at, answered_at: answered }) => (answered === null ? [] : [answered - at]))
  if (waits.length < fewest) return null
  const middle = waits.sort((one, other) => one - other)[Math.floor(waits.length / 2)] ?? 0
  return Math.round(middle / 1_000)
}
