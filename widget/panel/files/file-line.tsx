/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact'
import { cleanFileName, shortFileName } from '../../../client/file-name.ts'

interface Props {
  name: string
  /** In signs. */
  longest: number
  about: string
  isSilent?: boolean
  children?: ComponentChildren
}

/** What a file is called, apart from the text around it, and what else there is to say. */
export function FileLine({ name, longest, about, isSilent = false, children }: Props) {
  return (
    <span class="told">
      <span class="file-name" title={cleanFileName(name)} aria-hidden={isSilent}>
        <bdi>{shortFileName(name, longest)}</bdi>
      </span>
      <span class="about">{about}</span>
      {children}
    </span>
  )
}
