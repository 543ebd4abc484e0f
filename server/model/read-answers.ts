/** Every question that is answered apart. */
import { readConversationExport } from './conversation-export.ts'
import type { Reading } from './reads.ts'
import { readVisitorExport } from './visitor-export.ts'

export const readAnswers = {
  conversationExport: readConversationExport,
  visitorExport: readVisitorExport,
} satisfies Record<string, (reading: Reading, asked: never) => Promise<unknown>>
