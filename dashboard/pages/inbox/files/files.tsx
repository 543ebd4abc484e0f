import type { UnsentAttachment } from '../../../../client/outbox-entry.ts'
import { isPicture } from '../../../parts/file-words.ts'
import { FileRow } from './file-row.tsx'
import { Picture } from './picture.tsx'
import { WaitingRow } from './waiting-row.tsx'
import '../../../styles/files.css'

/** What a message brings along, in the order in which it was chosen. */
export function Files({ files }: { files: readonly UnsentAttachment[] }) {
  return (
    <div className="files">
      {files.map((file) => {
        if (file.id === null) return <WaitingRow key={file.key} file={file} />
        if (isPicture(file)) return <Picture key={file.id} attachment={file} />
        return <FileRow key={file.id} attachment={file} />
      })}
    </div>
  )
}
