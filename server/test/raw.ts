import { request } from 'node:http'

/** A request with whatever headers one likes, Host included, which fetch would not send. */
export function rawRequest(
  url: string,
  asked: { method: string; path: string; headers?: Record<string, string>; body?: unknown },
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: unknown }> {
  const { port } = new URL(url)
  const json = asked.body === undefined ? '' : JSON.stringify(asked.body)
  const type = json === '' ? {} : { 'content-type': 'application/json' }
  const headers = { ...type, ...asked.headers }
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method: asked.method, path: asked.path, headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text && JSON.parse(text) }),
      )
    })
    sent.on('error', reject).end(json)
  })
}
