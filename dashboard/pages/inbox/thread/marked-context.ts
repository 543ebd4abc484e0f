import { createContext } from 'react'

/** The message that somebody has just gone to. */
export const MarkedContext = createContext<string | undefined>(undefined)
