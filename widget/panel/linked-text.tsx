/** @jsxImportSource preact */
import type { Piece } from './links.ts'

/** Text, its addresses to be followed. */
export function LinkedText({ pieces }: { pieces: Piece[] }) {
  return <>{pieces.map(asNode)}</>
}

function asNode(piece: Piece, index: number) {
  if (typeof piece === 'string') return piece
  return (
    <a key={index} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
      {piece.text}
    </a>
  )
}
