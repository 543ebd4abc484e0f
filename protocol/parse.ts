/** From a socket's bytes to a typed frame, or to nothing. The only place where a frame is believed. */
import { Compile } from 'typebox/compile'
import { ClientFrame, ServerFrame } from './frames.ts'

const clientFrame = Compile(ClientFrame)
const serverFrame = Compile(ServerFrame)

/** The frame that a client sent, or undefined if the text is not one. */
export function parseClientFrame(text: string): ClientFrame | undefined {
  const value = parseJson(text)
  return clientFrame.Check(value) ? value : undefined
}

/** The frame that a server sent: for tests and for clients that want to be strict. */
export function parseServerFrame(text: string): ServerFrame | undefined {
  const value = parseJson(text)
  return serverFrame.Check(value) ? value : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
