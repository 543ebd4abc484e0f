import { cleanFileName, shortFileName, sizeName } from '../../../../client/file-name.ts'
import type { PickedFile } from '../../../../client/picked-file.ts'
import { Button, IconButton } from '../../../parts/button.tsx'
import { isPicture } from '../../../parts/file-words.ts'
import { Icon } from '../../../parts/icon.tsx'
import { useHere } from '../../workspace-context.ts'
import { Preview } from './preview.tsx'
import { Progress } from './progress.tsx'
import '../../../styles/chosen-files.css'

interface ChosenFilesProps {
  files: readonly PickedFile[]
  /** The button that had the focus has gone. */
  onRemoved: () => void
}

/** What will go with the next message, and how far it has come. */
export function ChosenFiles({ files, onRemoved }: ChosenFilesProps) {
  return (
    <ul className="chosen" aria-label="Files of this message">
      {files.map((file) => (
        <Chosen key={file.key} file={file} onRemoved={onRemoved} />
      ))}
    </ul>
  )
}

const longestName = 18
/** What no second try would change. */
const final = /^(attachment_(empty|too_large|type_not_allowed)|image_too_large|image_unreadable|file_lost)$/

function Chosen({ file, onRemoved }: { file: PickedFile; onRemoved: () => void }) {
  const { uploads } = useHere().workspace
  const { key, name, bytes, share, attachment, failure } = file
  function remove() {
    uploads.remove(key)
    onRemoved()
  }
  const isGoing = attachment === undefined && failure === undefined
  return (
    <li className="chosen-file" data-failed={failure !== undefined || undefined} title={cleanFileName(name)}>
      {file.file && isPicture(file) ? <Preview file={file.file} /> : <Icon name="file" />}
      <span className="file-words">
        <bdi className="file-name">{shortFileName(name, longestName)}</bdi>
        {failure ? (
          <span className="chosen-why" role="alert">
            {failure.message}
            {file.file && !final.test(failure.code) && (
              <Button look="link" onPress={() => uploads.retry(key)}>
                Try again
              </Button>
            )}
          </span>
        ) : (
          <span className="file-kind figures">
            {sizeName(bytes, 'en')}
            {isGoing ? (
              `, ${share < 1 ? `${Math.floor(share * 100)} %` : 'being checked'}`
            ) : (
              <span className="visually-hidden">, ready to send</span>
            )}
          </span>
        )}
      </span>
      <IconButton icon="close" label={`Remove ${cleanFileName(name)}`} onPress={remove} />
      {isGoing && <Progress share={share} name={name} />}
    </li>
  )
}
