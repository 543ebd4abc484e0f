import type { ReactNode } from 'react'
import type { Figures } from './report-query.ts'
import { count, duration, ratingOf } from './words.ts'

interface Line extends Figures {
  key: string
  who: ReactNode
}

interface BreakdownProps {
  title: string
  /** What the first column is. */
  who: string
  lines: readonly Line[]
}

/** The same figures for each of several. */
export function Breakdown({ title, who, lines }: BreakdownProps) {
  return (
    <div className="breakdown">
      <h2 id={title}>{title}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by keys */}
      <section className="breakdown-scroll" aria-labelledby={title} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{who}</th>
              <th scope="col">Opened</th>
              <th scope="col">Resolved</th>
              <th scope="col">Replies</th>
              <th scope="col">First reply</th>
              <th scope="col">Resolution</th>
              <th scope="col">Rating</th>
            </tr>
          </thead>
          <tbody className="figures">
            {lines.map(({ key, who: name, ...figures }) => (
              <tr key={key}>
                <th scope="row">{name}</th>
                <td>{count(figures.opened)}</td>
                <td>{count(figures.resolved)}</td>
                <td>{count(figures.agentMessages)}</td>
                <td>{figures.firstReply ? duration(figures.firstReply.medianMs) : '–'}</td>
                <td>{figures.resolution ? duration(figures.resolution.medianMs) : '–'}</td>
                <td>{ratingOf(figures.stars)?.average ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  )
}
