import { useRef, useState } from 'react'
import { cleanFileName } from '../../../../client/file-name.ts'
import type { Attachment } from '../../../../protocol/records.ts'
import { $looking } from '../../../stores/looking.ts'
import { boxOf } from './box.ts'
import { useLink } from './use-link.ts'

/** A picture in the thread: its place is there from the start, the picture comes when it is near. */
export function Picture({ attachment }: { attachment: Attachment }) {
  const { id, name } = attachment
  const frame = useRef<HTMLButtonElement>(null)
  const { link, failed, ask } = useLink(id, frame)
  const [broken, setBroken] = useState<string>()
  const address = link && (link.thumbnailUrl ?? link.url)
  const isBroken = failed || (address !== undefined && address === broken)
  const label = cleanFileName(name)

  function press() {
    if (isBroken) {
      setBroken(undefined)
      ask()
    } else $looking.set(id)
  }

  return (
    <button
      ref={frame}
      type="button"
      className="picture"
      style={boxOf(attachment)}
      aria-label={isBroken ? `Photo ${label} could not be shown. Try again` : `Photo ${label}. Open`}
      data-broken={isBroken || undefined}
      onClick={press}
    >
      {isBroken && <span>Could not be shown. Try again</span>}
      {address && !isBroken && <img src={address} alt="" draggable={false} onError={() => setBroken(address)} />}
    </button>
  )
}
