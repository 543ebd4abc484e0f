import { atom } from 'nanostores'

/** The picture that is looked at large. */
export const $looking = atom<string | undefined>(undefined)
