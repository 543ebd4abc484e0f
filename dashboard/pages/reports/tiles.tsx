import type { ReactNode } from 'react'
import type { Figures } from './report-query.ts'
import { count, duration, ratingOf, share } from './words.ts'

/** The whole span in six figures. */
export function Tiles({ total }: { total: Figures }) {
  const { opened, resolved, verified, firstReply, resolution, botMessages: bots = 0 } = total
  const rating = ratingOf(total.stars)
  const ninth = (times: Figures['firstReply']) => times && `9 of 10 within ${duration(times.ninthMs)}`
  return (
    <dl className="tiles">
      <Tile name="Conversations" value={count(opened)} more={`${count(resolved)} resolved`} />
      <Tile name="First reply" value={firstReply && duration(firstReply.medianMs)} more={ninth(firstReply)} />
      <Tile name="Resolution" value={resolution && duration(resolution.medianMs)} more={ninth(resolution)} />
      <Tile
        name="Messages"
        value={count(total.visitorMessages + total.agentMessages + bots)}
        more={`${count(total.agentMessages)} by agents${bots > 0 ? `, ${count(bots)} by bots` : ''}`}
      />
      <Tile name="Rating" value={rating?.average ?? null} more={rating && `of 5, from ${count(rating.count)}`} />
      <Tile name="Verified" value={share(verified, opened)} more={opened > 0 && `${count(verified)} conversations`} />
    </dl>
  )
}

function Tile({ name, value, more }: { name: string; value: string | null; more: ReactNode }) {
  return (
    <div className="tile">
      <dt>{name}</dt>
      <dd>
        <span className="tile-value figures">{value ?? '–'}</span>
        <span className="tile-more">{more || 'Nothing yet'}</span>
      </dd>
    </div>
  )
}
