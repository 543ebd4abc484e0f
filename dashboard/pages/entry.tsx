import type { ReactNode } from 'react'
import { Brand } from '../parts/brand.tsx'
import '../styles/entry.css'

interface EntryProps {
  title: string
  lead?: ReactNode
  children?: ReactNode
}

/** The frame of the pages before the inbox: set up, sign in, accept an invitation. */
export function Entry({ title, lead, children }: EntryProps) {
  return (
    <main className="entry">
      <div className="entry-card">
        <Brand size={40} />
        <h1 className="entry-title">{title}</h1>
        {lead && <p className="entry-lead">{lead}</p>}
        {children}
      </div>
    </main>
  )
}
