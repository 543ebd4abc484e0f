import { useStore } from '@nanostores/react'
import { cleanFileName, shortFileName, sizeName } from '../../../../client/file-name.ts'
import type { WaitingFile } from '../../../../client/outbox-entry.ts'
import { Icon } from '../../../parts/icon.tsx'
import { useHere } from '../../workspace-context.ts'
import { Progress } from './progress.tsx'

const longestName = 27

/** A file of a message that waits for it. */
export function WaitingRow({ file: { key, name, bytes } }: { file: WaitingFile }) {
  const { uploads } = useHere().workspace
  const picked = useStore(uploads.files).find((one) => one.key === key)
  const isGoing = picked !== undefined && picked.failure === undefined
  return (
    <div className="file" title={cleanFileName(name)}>
      <Icon name="file" />
      <span className="file-words">
        <bdi className="file-name">{shortFileName(name, longestName)}</bdi>
        <span className="file-kind figures">{sizeName(bytes, 'en')}</span>
      </span>
      {isGoing && <Progress share={picked.share} name={name} />}
    </div>
  )
}
