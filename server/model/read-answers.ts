/** Every question that is answered apart. */
import { readConversationExport } from './conversation-export.ts'
import type { Reading } from './reads.ts'
import { readReportPart } from './report/read.ts'
import { readSearch } from './search/find.ts'
import { forgetSome, indexSome } from './search/indexing.ts'
import { readVisitorExport } from './visitor-export.ts'

export const readAnswers = {
  conversationExport: readConversationExport,
  visitorExport: readVisitorExport,
  reportPart: readReportPart,
  search: readSearch,
  indexSome,
  forgetSome,
} satisfies Record<string, (reading: Reading, asked: never) => Promise<unknown>>
