import { useEffect, useState } from 'react'
import { Dialog } from 'react-aria-components/Dialog'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import type { Link } from '../../../../client/attachment-links.ts'
import { cleanFileName, shortFileName } from '../../../../client/file-name.ts'
import type { Attachment } from '../../../../protocol/records.ts'
import { Button, IconButton } from '../../../parts/button.tsx'
import { sentenceFor } from '../../../stores/api.ts'
import { $looking } from '../../../stores/looking.ts'
import { useHere } from '../../workspace-context.ts'
import '../../../styles/lightbox.css'

interface LightboxProps {
  /** Of this conversation, as far as it is here. */
  pictures: readonly Attachment[]
  shown: Attachment
}

/** A picture, large. Arrows go to the next, Escape leaves. */
export function Lightbox({ pictures, shown }: LightboxProps) {
  const place = pictures.indexOf(shown)
  const before = pictures[place - 1]
  const after = pictures[place + 1]
  const close = () => $looking.set(undefined)
  const show = (one: Attachment | undefined) => one && $looking.set(one.id)
  const name = cleanFileName(shown.name)
  useArrows(
    () => show(before),
    () => show(after),
  )
  return (
    <ModalOverlay className="lightbox-overlay" isOpen onOpenChange={(open) => !open && close()} isDismissable>
      <Modal className="lightbox-modal">
        <Dialog className="lightbox" aria-label={`Photo ${name}`}>
          <header className="lightbox-head">
            <p title={name}>
              <bdi>{shortFileName(shown.name, 48)}</bdi>
              <span className="figures" role="status">
                {place + 1} of {pictures.length}
              </span>
            </p>
            <IconButton icon="close" label="Close" hint="Esc" onPress={close} />
          </header>
          <Large key={shown.id} attachment={shown} />
          {pictures.length > 1 && (
            <nav className="lightbox-turn" aria-label="Photos">
              <IconButton icon="back" label="Previous" hint="←" isDisabled={!before} onPress={() => show(before)} />
              <IconButton icon="forth" label="Next" hint="→" isDisabled={!after} onPress={() => show(after)} />
            </nav>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function Large({ attachment: { id, name, width, height } }: { attachment: Attachment }) {
  const { linkTo } = useHere().workspace
  const [link, setLink] = useState<Link>()
  const [problem, setProblem] = useState<string>()
  const [tries, setTries] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when somebody wishes it
  useEffect(() => {
    let isHere = true
    linkTo(id).then(
      (answer) => isHere && setLink(answer),
      (error: unknown) => isHere && setProblem(sentenceFor(error)),
    )
    return () => {
      isHere = false
    }
  }, [id, linkTo, tries])

  if (problem !== undefined) {
    return (
      <div className="lightbox-problem" role="alert">
        <p>The photo could not be shown. {problem}</p>
        <Button
          onPress={() => {
            setProblem(undefined)
            setTries(tries + 1)
          }}
        >
          Try again
        </Button>
      </div>
    )
  }
  return (
    <>
      <div className="lightbox-picture">
        {link && (
          <img
            src={link.url}
            alt={cleanFileName(name)}
            {...(width !== null && height !== null && { width, height })}
            onError={() => setProblem('Its address may have run out.')}
          />
        )}
      </div>
      {link && (
        <a className="button button-plain button-small lightbox-save" href={link.url} download={cleanFileName(name)}>
          Download
        </a>
      )}
    </>
  )
}

function useArrows(back: () => void, forth: () => void) {
  useEffect(() => {
    function onKey({ key }: KeyboardEvent) {
      if (key === 'ArrowLeft') back()
      else if (key === 'ArrowRight') forth()
    }
    // Before the button that has the focus keeps the key to itself.
    addEventListener('keydown', onKey, true)
    return () => removeEventListener('keydown', onKey, true)
  })
}
