import { memo } from 'react'
import { linkify } from './linkify.ts'

/** What people wrote: text, line breaks and links, and never anything that runs or loads (AG6). */
export const RichText = memo(function RichText({ text }: { text: string }) {
  let at = 0
  return linkify(text).map((piece) => {
    const key = at
    at += piece.text.length
    if (piece.kind === 'text') return piece.text
    return (
      <a key={key} href={piece.href} title={piece.href} target="_blank" rel="noopener noreferrer nofollow">
        {piece.text}
      </a>
    )
  })
})
