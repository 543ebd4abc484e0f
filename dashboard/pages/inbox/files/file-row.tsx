import { useState } from 'react'
import { cleanFileName, shortFileName, sizeName } from '../../../../client/file-name.ts'
import type { Attachment } from '../../../../protocol/records.ts'
import { typeWord } from '../../../parts/file-words.ts'
import { Icon } from '../../../parts/icon.tsx'
import { sentenceFor } from '../../../stores/api.ts'
import { toast } from '../../../stores/toasts.ts'
import { useHere } from '../../workspace-context.ts'

const longestName = 27

/** A file that is no picture: its name, what it is, how large. */
export function FileRow({ attachment }: { attachment: Attachment }) {
  const { id, name, bytes } = attachment
  const { linkTo } = useHere().workspace
  const [busy, setBusy] = useState(false)
  const kind = `${typeWord(attachment)}, ${sizeName(bytes, 'en')}`

  async function fetchIt() {
    if (busy) return
    setBusy(true)
    try {
      save((await linkTo(id)).url, name)
    } catch (error) {
      toast(`Not downloaded. ${sentenceFor(error)}`, { tone: 'bad' })
    } finally {
      setBusy(false)
    }
  }

  return (
    <button type="button" className="file" title={cleanFileName(name)} aria-busy={busy} onClick={() => void fetchIt()}>
      <Icon name="file" />
      <span className="file-words">
        <span className="visually-hidden">Download </span>
        <bdi className="file-name">{shortFileName(name, longestName)}</bdi>
        <span className="file-kind figures">{kind}</span>
      </span>
      <Icon name="download" size={16} />
    </button>
  )
}

/** The server says that it is to be kept, not shown. */
function save(address: string, name: string) {
  const link = document.createElement('a')
  link.href = address
  link.download = cleanFileName(name)
  link.click()
}
