/** What is told beyond this installation: webhooks always, mails where a server for them is named. */
import { type Mailing, mailSender } from '../model/mail/mail.ts'
import { MissedWatch } from '../model/mail/missed-watch.ts'
import type { Model } from '../model/model.ts'
import { Outbox } from '../model/outbox/outbox.ts'
import { webhookSender } from '../model/webhook/send.ts'
import { smtpMailer } from '../outside/smtp.ts'
import type { Given } from './seams.ts'

export interface Outgoing {
  outbox: Outbox
  mailing: Mailing | undefined
  start(): void
  stop(): Promise<unknown>
}

export function makeOutgoing(model: Model, { config, seams }: Given, publicUrl: () => string): Outgoing {
  const { smtpUrl, mailFrom } = config
  const mailer = smtpUrl && mailFrom ? smtpMailer({ url: smtpUrl, from: mailFrom }) : undefined
  const mailing = mailer && { publicUrl }
  const missed = mailing && new MissedWatch(model, mailing)
  const senders = { webhook: webhookSender(model, seams.webhookGuards), mail: mailer && mailSender(model, mailer) }
  const outbox = new Outbox(model, senders)
  return {
    outbox,
    mailing,
    start() {
      outbox.start()
      missed?.start()
    },
    stop: () => Promise.all([outbox.stop(), missed?.stop()]),
  }
}
