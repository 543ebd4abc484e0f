/** Files for browsers: the widget's loader and chunks, the dashboard, the page to try the widget on, and docs. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { previewPage, previewScript } from './preview.ts'

/** Every address under which Tiledesk serves its loader: a page moves over by changing the host alone (WG1). */
const loaderPaths = ['', '/v1', '/v2', '/v3', '/v4', '/v5', '/v6'].flatMap((version) => [
  `${version}/tiledesk.js`,
  `${version}/launch.js`,
])

const dashboardPolicy =
  "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'"
const previewPolicy = "default-src 'self'; frame-ancestors 'self'; base-uri 'none'; object-src 'none'"
const hashedName = /-[A-Za-z0-9_-]{8,}\.[a-z]+$/

export async function serveAssets(server: FastifyInstance, distDir: string): Promise<void> {
  const widgetDir = join(distDir, 'widget')
  const dashboardDir = join(distDir, 'dashboard')
  const docsDir = join(distDir, 'docs')
  await server.register(fastifyStatic, { serve: false, preCompressed: true, cacheControl: false })

  for (const path of loaderPaths) {
    server.get(path, (_request, reply) => {
      openToPages(reply).header('cache-control', 'public, max-age=300')
      return reply.sendFile('tiledesk.js', widgetDir)
    })
  }

  server.get<{ Params: { '*': string } }>('/widget/*', (request, reply) => {
    const file = request.params['*']
    openToPages(reply).header('cache-control', lifetimeOf(file))
    return reply.sendFile(file, widgetDir)
  })

  server.get('/preview', (_request, reply) =>
    secured(reply, previewPolicy).type('text/html; charset=utf-8').send(previewPage),
  )
  server.get('/preview.js', (_request, reply) =>
    secured(reply, previewPolicy).type('text/javascript; charset=utf-8').send(previewScript),
  )

  server.get<{ Params: { '*': string } }>('/assets/*', (request, reply) => {
    const file = `assets/${request.params['*']}`
    secured(reply, dashboardPolicy).header('cache-control', lifetimeOf(file))
    return reply.sendFile(file, dashboardDir)
  })

  // The widget's console lines lead here; the dashboard asks what the widget says.
  server.get<{ Params: { page: string } }>('/docs/:page(^[a-z.-]+$)', (request, reply) => {
    const { page } = request.params
    secured(reply, dashboardPolicy).header('cache-control', 'public, max-age=300')
    return reply.sendFile(/\.(css|json)$/.test(page) ? page : `${page}.html`, docsDir)
  })

  server.get('/api/docs', (_request, reply) => {
    secured(reply, dashboardPolicy).header('cache-control', 'public, max-age=300')
    return reply.sendFile('api.html', docsDir)
  })

  // The dashboard finds its page from the address by itself.
  server.get('/*', (_request, reply) => {
    if (!existsSync(join(dashboardDir, 'index.html'))) return reply.callNotFound()
    secured(reply, dashboardPolicy).header('cache-control', 'no-cache')
    return reply.sendFile('index.html', dashboardDir)
  })
}

const lifetimeOf = (file: string): string =>
  hashedName.test(file) ? 'public, max-age=31536000, immutable' : 'public, max-age=300'

/** Host pages load these from another origin, some under a policy that asks for this permission. */
function openToPages(reply: FastifyReply): FastifyReply {
  return reply
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin')
    .header('x-content-type-options', 'nosniff')
}

function secured(reply: FastifyReply, policy: string): FastifyReply {
  return reply
    .header('content-security-policy', policy)
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'same-origin')
}
