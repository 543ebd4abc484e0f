import type { Day } from './report-query.ts'
import { count, longDay, shortDay } from './words.ts'

type Counted = 'opened' | 'resolved' | 'visitorMessages' | 'agentMessages'

interface DayBarsProps {
  title: string
  days: readonly Day[]
  /** Beside each other, the first in the stronger colour. */
  kinds: readonly [{ of: Counted; name: string }, { of: Counted; name: string }]
}

/** Of a day's place, which is a hundred wide. */
const bar = 36
const height = 100

/** Two bars a day. Who cannot see them is read a table. */
export function DayBars({ title, days, kinds }: DayBarsProps) {
  const most = ceiling(Math.max(...days.flatMap((day) => kinds.map(({ of }) => day[of]))))
  return (
    <section className="chart" aria-label={title}>
      <header className="chart-head">
        <h2>{title}</h2>
        <ul className="chart-key">
          {kinds.map(({ of, name }, place) => (
            <li key={of} data-place={place}>
              {name}
            </li>
          ))}
        </ul>
      </header>
      <div className="chart-body" aria-hidden="true">
        <div className="chart-scale figures">
          {[most, most / 2, 0].map((value) => (
            <span key={value}>{count(value)}</span>
          ))}
        </div>
        <div className="chart-plot">
          <svg viewBox={`0 0 ${days.length * 100} ${height}`} preserveAspectRatio="none" role="presentation">
            {days.map((day, index) => (
              <g key={day.day} className="chart-day">
                <title>{sentenceOf(day, kinds)}</title>
                <rect className="chart-place" x={index * 100} y={0} width={100} height={height} />
                {kinds.map(({ of }, place) => {
                  const tall = (day[of] / most) * height
                  const x = index * 100 + 50 - bar + place * bar
                  return <rect key={of} data-place={place} x={x} y={height - tall} width={bar - 6} height={tall} />
                })}
              </g>
            ))}
          </svg>
          <div className="chart-days">
            {markedDays(days).map(({ day, at }) => (
              <span key={day} style={{ left: `${at}%` }}>
                {shortDay(day)}
              </span>
            ))}
          </div>
        </div>
      </div>
      <table className="visually-hidden">
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            {kinds.map(({ of, name }) => (
              <th key={of} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day.day}>
              <th scope="row">{longDay(day.day)}</th>
              {kinds.map(({ of }) => (
                <td key={of}>{day[of]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const sentenceOf = (day: Day, kinds: DayBarsProps['kinds']): string =>
  `${longDay(day.day)}: ${kinds.map(({ of, name }) => `${count(day[of])} ${name.toLowerCase()}`).join(', ')}`

/** The next number that is easily halved: 2, 4, 6, 8, 10, 20, … */
export function ceiling(most: number): number {
  for (let unit = 1; ; unit *= 10) {
    const fitting = [2, 4, 6, 8, 10].map((factor) => factor * unit).find((value) => value >= most)
    if (fitting !== undefined) return fitting
  }
}

/** As many as have room on a phone. */
function markedDays(days: readonly Day[]): { day: string; at: number }[] {
  const step = Math.ceil(days.length / 5)
  return days.flatMap(({ day }, index) => {
    const fromEnd = days.length - 1 - index
    return fromEnd % step === 0 ? [{ day, at: ((index + 0.5) / days.length) * 100 }] : []
  })
}
