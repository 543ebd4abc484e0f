/** Every question that is answered apart. */
import { readConversationExport } from './privacy/conversation-export.ts'
import { readVisitorExport } from './privacy/visitor-export.ts'
import type { Reading } from './reads.ts'
import { readReportPart } from './report/read.ts'
import { readSearch } from './search/find.ts'
import { forgetSome, indexSome } from './search/indexing.ts'

export const readAnswers = {
  conversationExport: readConversationExport,
  visitorExport: readVisitorExport,
  reportPart: readReportPart,
  search: readSearch,
  indexSome,
  forgetSome,
} satisfies Record<string, (reading: Reading, asked: never) => Promise<unknown>>
