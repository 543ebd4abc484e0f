import { spawnSync } from 'node:child_process'
import { connect } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Refused } from '../../model/refused.ts'
import { traced } from '../../traced.ts'
import { Shop, Signet } from '../signet.ts'
import { Collector } from './collector.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const traceId = '0af7651916cd43dd8448eb211c80319c'

let collector: Collector
let signet: Signet

beforeEach(async () => {
  collector = await Collector.start()
  return () => collector.stop()
})

function startTraced(more: object = {}): Promise<Signet> {
  return Signet.start({ config: { otlpEndpoint: `${collector.url}/`, tracesKept: 1, ...more } })
}

describe('with OTEL_EXPORTER_OTLP_ENDPOINT', () => {
  afterEach(() => expect(JSON.stringify(collector.bodies)).not.toContain('private'))

  test('[HT3] requests, sign-ins and appends are spans, one inside of the other', async () => {
    signet = await startTraced()
    const shop = await Shop.open(signet)
    const { session } = await shop.signIn({ name: 'private name' })
    const visitor = await shop.connect(session)
    const { conversationId } = await visitor.write('a private text')
    const params = { conversation: conversationId }
    const body = { clientId: crypto.randomUUID(), text: 'a private answer' }
    await shop.owner.caller.call('POST /conversations/:conversation/messages', { params, body })
    await fetch(`${signet.url}/readyz`)
    await signet.stop()

    expect(collector.resource).toMatchObject({ 'service.name': 'signet' })
    const [admission] = collector.named('POST /api/v1/projects/:project/visitor-sessions')
    expect(admission).toMatchObject({ kind: 2, attributes: { 'http.response.status_code': 201 } })
    expect(collector.named('sign-in')).toMatchObject([
      { traceId: admission?.traceId, parentSpanId: admission?.spanId, attributes: { 'signet.kind': 'token' } },
    ])
    const [answer] = collector.named('POST /api/v1/conversations/:conversation/messages')
    const appends = collector.named('append')
    expect(appends.map(({ attributes }) => attributes)).toEqual(appends.map(() => ({ 'signet.project': shop.id })))
    expect(appends.map(({ parentSpanId }) => parentSpanId)).toEqual([undefined, answer?.spanId])
    expect(collector.spans.filter(({ name }) => name.includes('readyz'))).toEqual([])
  })

  test('[HT3] a body that comes later belongs to its request all the same', async () => {
    signet = await startTraced()
    const shop = await Shop.open(signet)
    const body = JSON.stringify({})
    const socket = connect({ port: Number(new URL(signet.url).port), host: '127.0.0.1' })
    const path = `/api/v1/projects/${shop.id}/visitor-sessions`
    const json = 'content-type: application/json\r\nconnection: close'
    socket.write(`POST ${path} HTTP/1.1\r\nhost: a\r\n${json}\r\ncontent-length: ${body.length}\r\n\r\n`)
    // The head has been read by the time that something else is answered.
    await fetch(`${signet.url}/healthz`)
    await fetch(`${signet.url}/healthz`)
    socket.write(body)
    expect(await text(socket)).toMatch(/^HTTP\/1.1 201 /)
    await signet.stop()
    const [admission] = collector.named('POST /api/v1/projects/:project/visitor-sessions')
    expect(collector.named('sign-in')).toMatchObject([{ parentSpanId: admission?.spanId }])
  })

  test('[HT3] a refusal is a code on the span, and only what broke is an error', async () => {
    signet = await startTraced()
    await expect(traced('delivery', {}, () => Promise.reject(new Refused('banned')))).rejects.toThrow()
    await expect(traced('delivery', {}, () => Promise.reject(new Error('a private text')))).rejects.toThrow()
    const thrown = () => {
      throw new Error('a private text')
    }
    expect(() => traced('delivery', {}, thrown)).toThrow()
    await signet.stop()
    expect(collector.named('delivery').map(({ attributes, failed }) => [attributes['signet.code'], failed])).toEqual([
      ['banned', false],
      [undefined, true],
      [undefined, true],
    ])
  })

  test.each([true, false])(
    '[HT3] whose trace a request belongs to is believed behind a trusted proxy only: %s',
    async (trustProxy) => {
      signet = await startTraced({ trustProxy })
      const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01` }
      await fetch(`${signet.url}/api/v1/setup`, { headers })
      await signet.stop()
      const [span] = collector.named('GET /api/v1/setup')
      expect(span?.traceId === traceId).toBe(trustProxy)
      expect(span?.parentSpanId !== undefined).toBe(trustProxy)
    },
  )

  test('[HT3] OTEL_TRACES_SAMPLER_ARG=0 keeps none', async () => {
    signet = await startTraced({ tracesKept: 0 })
    await fetch(`${signet.url}/api/v1/setup`)
    await signet.stop()
    expect(collector.spans).toEqual([])
  })

  test('[HT3][DL8] a collector that is away keeps nobody waiting', async () => {
    signet = await startTraced()
    await collector.stop()
    expect((await fetch(`${signet.url}/api/v1/setup`)).status).toBe(200)
    await signet.stop()
  })
})

test('[HT3] while nobody traces, nothing of OpenTelemetry is loaded', () => {
  const loaded = `
    import { createRequire } from 'node:module'
    await import('./server/app.ts')
    const names = () => Object.keys(createRequire(import.meta.url).cache).filter((name) => name.includes('opentelemetry'))
    const before = names().length
    await import('./server/tracing/tracing.ts')
    console.log(before, names().length > 0)
  `
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', loaded], { cwd: root, encoding: 'utf8' })
  expect(stdout.trim()).toBe('0 true')
})
