/** Hands mails to a mail server. Its library is loaded when there is one to hand to, and only then. */

export interface Letter {
  to: string
  subject: string
  text: string
  html: string
  /** Where one click ends such mails (RFC 8058). */
  unsubscribe: string | null
  messageId: string
}

/** Throws MailRefused, or whatever the network does. */
export type Mailer = (letter: Letter) => Promise<void>

const timeoutMs = 20_000

export function smtpMailer({ url, from }: { url: string; from: string }): Mailer {
  let transport: Promise<{ sendMail(mail: object): Promise<unknown> }> | undefined
  return async (letter) => {
    transport ??= openTransport(url)
    const { to, subject, text, html, unsubscribe, messageId } = letter
    await (await transport).sendMail({
      from,
      // As an object it is one address, whatever stands in it.
      to: { name: '', address: to },
      subject,
      text,
      html,
      messageId,
      headers: { 'Auto-Submitted': 'auto-generated' },
      ...(unsubscribe !== null && {
        list: { unsubscribe: { url: unsubscribe } },
        headers: { 'Auto-Submitted': 'auto-generated', 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
      }),
      // A mail is made of what people write: nothing in it may have a file or an address read.
      disableFileAccess: true,
      disableUrlAccess: true,
    })
  }
}

async function openTransport(url: string) {
  const { createTransport } = await import('nodemailer')
  const timeouts = { connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs }
  return createTransport({ url, ...timeouts })
}
