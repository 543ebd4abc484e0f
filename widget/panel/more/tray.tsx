/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks'
import { useSurroundings } from '../app.tsx'
import { loadFiles, useFiles } from './files-module.ts'
import { keptName } from './kept-name.ts'
import { mayAttach } from './may-attach.ts'
import { useWords } from './words.ts'

/** Above the text: the files that go with it. Whatever is pasted or dropped on the chat comes here, too. */
export function Tray({ about }: { about: string }) {
  const surroundings = useSurroundings()
  const { core } = surroundings
  const words = useWords()
  const place = useRef<HTMLSpanElement>(null)
  const [isOver, setOver] = useState(false)
  const [isWanted, setWanted] = useState(() => core.shelf.get(keptName(about)) !== undefined)
  const files = useFiles(isWanted)

  useEffect(() => {
    const panel = place.current?.closest<HTMLElement>('.panel')
    const gone = new AbortController()
    /** Entering an inner element comes before leaving the outer one. */
    let depth = 0
    const listen = <K extends 'paste' | 'dragenter' | 'dragover' | 'dragleave' | 'drop'>(
      name: K,
      hear: (event: HTMLElementEventMap[K]) => void,
    ) => panel?.addEventListener(name, hear, gone)
    const hasFiles = (data: DataTransfer | null) => !!data?.types.includes('Files')
    const brings = (data: DataTransfer | null) => mayAttach(core.settings) && hasFiles(data)
    const take = async (data: DataTransfer | null) => {
      const given = [...(data?.files ?? [])]
      setWanted(true)
      const module = await loadFiles(surroundings)
      module.addFiles(surroundings, given)
    }
    const count = (step: number) => {
      depth = Math.max(0, depth + step)
      setOver(depth > 0)
    }
    listen('paste', (event) => {
      // Programs that copy text from tables bring a picture of it along.
      if (!brings(event.clipboardData) || event.clipboardData?.types.includes('text/plain')) return
      event.preventDefault()
      void take(event.clipboardData)
    })
    listen('dragenter', ({ dataTransfer }) => {
      if (!brings(dataTransfer)) return
      setWanted(true)
      count(1)
    })
    listen('dragleave', ({ dataTransfer }) => brings(dataTransfer) && count(-1))
    listen('dragover', (event) => {
      const data = event.dataTransfer
      if (!hasFiles(data)) return
      // Unwanted ones, too: the browser would leave the page to show them.
      event.preventDefault()
      if (data) data.dropEffect = brings(data) ? 'copy' : 'none'
    })
    listen('drop', (event) => {
      if (!hasFiles(event.dataTransfer)) return
      event.preventDefault()
      count(-depth)
      if (brings(event.dataTransfer)) void take(event.dataTransfer)
    })
    return () => gone.abort()
  }, [core, surroundings])

  return (
    <>
      <span ref={place} hidden />
      {files && <files.Chips owner={about} />}
      {isOver && <p class="drop">{words.files.drop}</p>}
    </>
  )
}
