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
    own.get(path, async (_request, reply) =>
      page(
        reply,
        'Get no more mails?',
        '<form method="post"><button>No more mails about missed messages</button></form>',
      ),
    )
    own.post<{ Params: { token: string } }>(path, async ({ params }, reply) => {
      const known = await refuseMails(model, params.token)
      return page(
        reply.code(known ? 200 : 404),
        known ? 'You get no more mails about missed messages.' : 'This link is not known.',
        '',
      )
    })
  })
}

function page(reply: FastifyReply, title: string, body: string): FastifyReply {
  return reply
    .header('content-security-policy', policy)
    .header('referrer-policy', 'no-referrer')
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex"><title>${title}</title></head>
<body style="max-width:480px;margin:64px auto;padding:0 16px;font:16px/1.5 system-ui,sans-serif">
<h1 style="font-size:20px">${title}</h1>${body}</body></html>`)
}
