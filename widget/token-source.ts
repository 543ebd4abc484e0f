import { bareToken } from './token.ts'

/** A token, or a function of the page's that supplies a fresh one; nothing means that nobody is signed in there. */
export type TokenSource = string | (() => unknown)

/** The code for a page's function that threw, or gave something that is not a token. */
export const unavailable = 'token_unavailable'

/** Asks a page's function for a token, one call at a time. */
export function createAsker(): (source: TokenSource) => Promise<string | undefined> {
  let asked: { source: TokenSource; answer: Promise<string | undefined> } | undefined

  return (source) => {
    if (asked?.source === source) return asked.answer
    const answer = ask(source).finally(() => {
      if (asked?.answer === answer) asked = undefined
    })
    asked = { source, answer }
    return answer
  }
}

async function ask(source: TokenSource): Promise<string | undefined> {
  const given = typeof source === 'function' ? await call(source) : source
  if (given === undefined || given === null || given === '') return undefined
  if (typeof given !== 'string') throw noToken(typeof given)
  return bareToken(given)
}

async function call(source: () => unknown): Promise<unknown> {
  try {
    return await source()
  } catch (error) {
    throw noToken(error)
  }
}

function noToken(instead: unknown): Error {
  return Object.assign(new Error(`The page gave no token: ${instead}`), { code: unavailable })
}
