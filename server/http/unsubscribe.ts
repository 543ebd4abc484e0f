/**
 * The end of mails about missed messages: one click in a mail program posts here (RFC 8058); whoever follows the link
 * is asked first, since programs that look at mails follow links, too.
 */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { refuseMails } from '../model/mail/missed.ts'
import type { HttpParts } from './parts.ts'

const policy =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
const path = '/unsubscribe/:token(^[A-Za-z0-9_-]{32}$)'

export function serveUnsubscribe(server: FastifyInstance, { model }: HttpParts): void {
  server.register(async (own) => {
    // Forms of mail programs; nothing in them is of interest.
    own.addContentTypeParser(
      ['application/x-www-form-urlencoded', 'multipart/form-data'],
      { parseAs: 'string' },
      (_request, _body, done) => done(null, undefined),
    )
    own.get(path, async (_request, reply) => page(reply, asking))
    own.post<{ Params: { token: string } }>(path, async ({ params }, reply) => {
      const known = await refuseMails(model, params.token)
      return known ? page(reply, done) : page(reply.code(404), unknown)
    })
  })
}

interface Words {
  title: string
  body: string
}

const asking: Words = {
  title: 'Get no more mails?',
  body: `<p>We write to you when an answer in the chat has waited for you. What you are answered stays in the chat.</p>
<form method="post"><button>Send no more mails</button></form>`,
}
const done: Words = {
  title: 'You get no more mails',
  body: '<p>We write to you no more about missed messages. What you are answered stays in the chat.</p>',
}
const unknown: Words = {
  title: 'This link is not known',
  body: '<p>It may have been cut off, or you have been erased here. Try the link of the latest mail.</p>',
}

function page(reply: FastifyReply, { title, body }: Words): FastifyReply {
  return reply
    .header('content-security-policy', policy)
    .header('referrer-policy', 'no-referrer')
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex"><title>${title}</title>
<style>${style}</style></head>
<body><main><h1>${title}</h1>${body}</main></body></html>`)
}

/** The dashboard's looks, without its files: whoever opens this has never seen it. */
const style = `
  :root { color-scheme: light dark }
  body { margin: 0; padding: 16vh 16px 32px; background: light-dark(#f7f6f3, #0e1014); color: light-dark(#1a1e27, #f0efec);
    font: 16px/1.45 system-ui, sans-serif }
  main { max-width: 400px; margin: 0 auto; padding: 32px; border: 1px solid light-dark(#e0deda, #2a2c32);
    border-radius: 16px; background: light-dark(#fff, #17191e) }
  h1 { margin: 0 0 8px; font-size: 20px; line-height: 1.3 }
  p { margin: 0; color: light-dark(#474b55, #bfc2c8) }
  button { margin-top: 24px; min-height: 44px; padding: 0 16px; border: 0; border-radius: 6px;
    background: light-dark(#2a50c9, #3d63d6); color: #fff; font: 500 16px system-ui, sans-serif; cursor: pointer }
  button:focus-visible { outline: 2px solid light-dark(#2a50c9, #8ab0ff); outline-offset: 2px }`
