import { type DragEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Icon } from '../../../parts/icon.tsx'

interface DropZoneProps {
  className: string
  /** What becomes of what is dropped here. */
  words: string
  onDrop: (files: readonly File[]) => void
  children: ReactNode
}

/** Takes files that are dropped anywhere on it. */
export function DropZone({ className, words, onDrop, children }: DropZoneProps) {
  const [isOver, setOver] = useState(false)
  /** Each child that the pointer enters and leaves tells so. */
  const depth = useRef(0)
  useNoNavigation()

  function over(event: DragEvent, step: number) {
    if (!bringsFiles(event)) return
    depth.current += step
    setOver(depth.current > 0)
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: whoever does not drag has the button and the keyboard
    <div
      className={className}
      onDragEnter={(event) => over(event, 1)}
      onDragLeave={(event) => over(event, -1)}
      onDrop={(event) => {
        depth.current = 0
        setOver(false)
        onDrop([...event.dataTransfer.files])
      }}
    >
      {children}
      {isOver && (
        <div className="drop" aria-hidden="true">
          <p>
            <Icon name="clip" />
            {words}
          </p>
        </div>
      )}
    </div>
  )
}

/** A file that misses its aim must not take the page's place, with all that is written there. */
function useNoNavigation() {
  useEffect(() => {
    const stay = (event: globalThis.DragEvent) => {
      if (bringsFiles(event)) event.preventDefault()
    }
    addEventListener('dragover', stay)
    addEventListener('drop', stay)
    return () => {
      removeEventListener('dragover', stay)
      removeEventListener('drop', stay)
    }
  }, [])
}

function bringsFiles({ dataTransfer }: Pick<globalThis.DragEvent, 'dataTransfer'>): boolean {
  return dataTransfer?.types.includes('Files') ?? false
}
