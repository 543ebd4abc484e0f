import { keep, recall } from './kept.ts'

export const modes = ['reply', 'note'] as const
export type Mode = (typeof modes)[number]

/** A draft belongs to who wrote it: the next agent on this browser does not see it (DL5). */
function keyOf(agentId: string, conversationId: string, mode: Mode): string {
  return `signet:draft:${agentId}:${conversationId}:${mode}`
}

export function draftOf(agentId: string, conversationId: string, mode: Mode): string {
  return recall(keyOf(agentId, conversationId, mode)) ?? ''
}

export function keepDraft(agentId: string, conversationId: string, mode: Mode, text: string) {
  keep(keyOf(agentId, conversationId, mode), text === '' ? undefined : text)
}

/** In which composer files wait. */
export function placeOf(conversationId: string, mode: Mode): string {
  return `${conversationId}:${mode}`
}
