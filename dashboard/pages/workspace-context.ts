import { createContext, useContext } from 'react'
import type { Membership } from '../stores/me.ts'
import type { Workspace } from '../stores/workspace.ts'

export interface Here {
  workspace: Workspace
  membership: Membership
}

export const HereContext = createContext<Here | undefined>(undefined)

/** The project that is open. */
export function useHere(): Here {
  const here = useContext(HereContext)
  if (here === undefined) throw new Error('No project is open here.')
  return here
}
