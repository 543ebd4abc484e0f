/** @jsxImportSource preact */
import { useState } from 'preact/hooks'
import { cleanFileName, sizeName } from '../../../client/file-name.ts'
import type { UnsentAttachment, WaitingFile } from '../../../client/outbox-entry.ts'
import type { Attachment } from '../../../protocol/records.ts'
import type { MoreTexts } from '../../texts/more-en.ts'
import { useSurroundings } from '../app.tsx'
import { localeOf } from '../groups.ts'
import { useWords } from '../more/words.ts'
import { useAtom } from '../use-atom.ts'
import { Badge } from './badge.tsx'
import { boxOf } from './box.ts'
import { FileLine } from './file-line.tsx'
import { type Hands, handsOf } from './hands.ts'
import { isImage, openFile } from './opening.ts'
import { Picture } from './picture.tsx'

/** The files of a message: images as pictures, the others as rows. */
export function InBubble({ about }: { about: string }) {
  const surroundings = useSurroundings()
  const hands = handsOf(surroundings)
  const row = useAtom(surroundings.chat.rows).find(({ key }) => key === about)
  if (!row) return null
  const { text, attachments = [] } = row.state === 'sent' ? row.message : row.entry
  const isShown = (one: UnsentAttachment) => !('key' in one) && boxOf(one) !== undefined
  const shots = attachments.filter(isShown)
  const others = attachments.filter((one) => !isShown(one))
  return (
    <div class={text ? 'files below' : 'files'}>
      {shots[0] && <div class={shots[1] ? 'shots many' : 'shots'}>{shots.map((one) => asNode(one, hands))}</div>}
      {others.map((one) => asNode(one, hands))}
    </div>
  )
}

function asNode(one: UnsentAttachment, hands: Hands) {
  return 'key' in one ? (
    <Waiting key={one.key} one={one} hands={hands} />
  ) : (
    <Stored key={one.id} one={one} hands={hands} />
  )
}

function Stored({ one, hands }: { one: Attachment; hands: Hands }) {
  const { core } = useSurroundings()
  const words = useWords()
  const [isBusy, setBusy] = useState(false)
  const [isGone, setGone] = useState(false)
  const box = boxOf(one)
  const name = cleanFileName(one.name)

  async function open() {
    if (isBusy) return
    setBusy(true)
    setGone(false)
    await openFile(hands, one).catch(() => setGone(true))
    setBusy(false)
  }

  const size = sizeName(one.bytes, localeOf(core.settings.lang))
  const label = isImage(one) ? words.files.open(name) : words.files.save(name)
  return (
    <div class="attached">
      <button type="button" class={box ? 'shot' : 'file'} aria-busy={isBusy} onClick={() => void open()}>
        {box ? (
          <>
            <Picture {...box} load={() => hands.pictures.of(one)} settled={setGone} />
            <span class="hidden">{`${words.files.image}: ${label}`}</span>
          </>
        ) : (
          <>
            <Badge type={one.type} />
            <span class="hidden">{label}</span>
            <FileLine name={one.name} longest={24} about={`${kindOf(one, words)} · ${size}`} isSilent />
          </>
        )}
      </button>
      {isGone && <p class="about">{words.files.unavailable}</p>}
    </div>
  )
}

/** Of a message that waits for it. */
function Waiting({ one, hands }: { one: WaitingFile; hands: Hands }) {
  const { core } = useSurroundings()
  const words = useWords()
  const upload = useAtom(hands.uploads.files).find(({ key }) => key === one.key)
  const name = cleanFileName(one.name)
  return (
    <div class="file">
      <Badge type={one.type} />
      <FileLine name={one.name} longest={24} about={sizeName(one.bytes, localeOf(core.settings.lang))}>
        {upload && !upload.failure && <progress max={1} value={upload.share} aria-label={words.files.waiting(name)} />}
      </FileLine>
    </div>
  )
}

function kindOf(one: Attachment, words: MoreTexts): string {
  if (isImage(one)) return words.files.image
  return one.type === 'application/pdf' ? 'PDF' : words.files.text
}
