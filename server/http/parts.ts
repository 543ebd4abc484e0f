import type { Allowance } from '../model/allowance.ts'
import type { FileStore } from '../model/attachment/link.ts'
import type { Uploads } from '../model/attachment/upload.ts'
import type { ReplyTimes } from '../model/conversation/reply-times.ts'
import type { Mailing } from '../model/mail/mail.ts'
import type { Appender } from '../model/message/append.ts'
import type { Model } from '../model/model.ts'
import type { Search } from '../model/search/search.ts'
import type { SignInLog } from '../model/sign-in/log.ts'
import type { SignIns } from '../model/sign-in/sign-in.ts'

/** What the endpoints are made of; app.ts puts it together. */
export interface HttpParts {
  model: Model
  appender: Appender
  signIns: SignIns
  signInLog: SignInLog
  replyTimes: ReplyTimes
  search: Search
  uploads: Uploads
  files: FileStore
  /** Left out where no mail can be sent. */
  mailing: Mailing | undefined
  /** How many may come in anonymously from an address. */
  newcomers: Allowance
  /** How much an agent or an API key may ask for. */
  requests: Allowance
  /** The address that people type, such as http://localhost:4000. */
  publicUrl(): string
}
