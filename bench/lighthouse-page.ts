import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Signet } from './signet.ts'

export interface HostPage {
  /** The very same page, with the chat's script and without. */
  withChat: string
  without: string
  /** What the page without it needs to have it after all. */
  settings: { projectid: string }
  script: string
  close(): void
}

/** A page of an ordinary site: words, a picture with its size, a form. */
export async function openHostPage({ url, project }: Signet): Promise<HostPage> {
  const settings = { projectid: project }
  const script = `${url}/tiledesk.js`
  const tags = `<script>window.tiledeskSettings = ${JSON.stringify(settings)}</script><script async src="${script}"></script>`
  const server = createServer(({ url: path }, response) => {
    if (path === '/robots.txt') response.setHeader('content-type', 'text/plain').end('User-agent: *\nAllow: /\n')
    else response.setHeader('content-type', 'text/html; charset=utf-8').end(page(path === '/with' ? tags : ''))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  const address = `http://127.0.0.1:${port}`
  return { withChat: `${address}/with`, without: `${address}/without`, settings, script, close }
}

const words = 'Tea is picked by hand in the first weeks of spring, dried in the shade, and sorted by its leaf. '.repeat(
  6,
)

const page = (tags: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="Tea from small gardens, sent the day it is packed.">
<link rel="icon" href="data:,">
<title>Halden Tea</title>
<style>body { max-width: 640px; margin: 24px auto; padding: 0 16px; font: 18px/1.6 system-ui } svg { width: 100%; height: auto }</style>
${tags}
</head>
<body>
<main>
<h1>Halden Tea</h1>
<svg viewBox="0 0 640 240" width="640" height="240" role="img" aria-label="Hills"><path fill="#2f6b4f" d="M0 240V120q160-140 320 0t320-20v140z"/></svg>
${Array.from({ length: 6 }, (_, index) => `<h2>Garden ${index + 1}</h2><p>${words}</p>`).join('\n')}
<form><label>Your e-mail <input name="email" type="email" autocomplete="email"></label> <button>Tell me more</button></form>
</main>
</body>
</html>
`
