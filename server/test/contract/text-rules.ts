import { beforeEach, describe, expect, test } from 'vitest'
import type { VisitorCaller } from '../../model/caller.ts'
import { minute } from '../clock.ts'
import { codeOf, type OpenDatabase, upTo, World } from './world.ts'

/** What may be written, how long, and how often (DL7). */
export function textContract(open: OpenDatabase): void {
  describe('text, attributes and limits', () => {
    let world: World
    let visitor: VisitorCaller

    beforeEach(async () => {
      const opened = await open()
      world = await World.make(opened.database, { perMinute: 60, burst: 30 })
      visitor = await world.visitor()
      return () => opened.close()
    })

    const nested = (depth: number): Record<string, unknown> =>
      JSON.parse(`{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`)

    test.each([
      ['empty', '', 'text_empty text'],
      ['blank', ' \n\t\u00a0', 'text_empty text'],
      ['of 8,001 characters', 'x'.repeat(8001), 'text_too_long text'],
      ['with NUL', 'a\0b', 'text_invalid text'],
      ['with half of a surrogate pair', 'a\ud800b', 'text_invalid text'],
      ['that ends with half of a pair', 'a\udc00', 'text_invalid text'],
    ])('[DL7] refuses a text %s', async (_name, text, code) => {
      expect(await codeOf(world.write(visitor, { text }))).toBe(code)
      expect(await world.stored()).toEqual([])
    })

    test.each([
      ['of 8,000 characters', 'é'.repeat(8000)],
      ['with whole pairs and marks', '👩‍👩‍👧 \u202eabc\u202c e\u0301 \uffff'],
      ['that looks like SQL', "'); drop table messages; --"],
      ['with lines and tabs', ' one\n\ttwo '],
    ])('[DL7] keeps a text %s as it is', async (_name, text) => {
      await world.write(visitor, { text })
      expect((await world.stored()).map((row) => row.text)).toEqual([text])
    })

    test.each([
      ['over 4 KiB', { a: 'x'.repeat(4096) }, 'attributes_too_large attributes'],
      ['over 4 KiB in bytes, not in characters', { a: '€'.repeat(1400) }, 'attributes_too_large attributes'],
      ['deeper than anybody can mean', nested(30_000), 'attributes_too_large attributes'],
      ['with NUL', { a: 'x\0' }, 'text_invalid attributes'],
      ['with NUL in a name', { 'x\0': 1 }, 'text_invalid attributes'],
      ['with half of a surrogate pair', { a: ['\ud800'] }, 'text_invalid attributes'],
      ['with a backslash before half of a pair', { a: '\\\udc00' }, 'text_invalid attributes'],
    ])('[DL7] refuses attributes %s', async (_name, attributes, code) => {
      expect(await codeOf(world.write(visitor, { attributes }))).toBe(code)
    })

    test.each([
      ['a Windows path', { a: 'C:\\udata\\u0000' }],
      ['exactly 4 KiB', { a: 'x'.repeat(4096 - '{"a":""}'.length) }],
      ['whole pairs', { '👋': '👋' }],
      ['names of a prototype', JSON.parse('{"__proto__":{"a":1},"constructor":null}')],
    ])('[DL7] keeps attributes with %s as they are', async (_name, attributes) => {
      const message = await world.write(visitor, { attributes })
      expect(JSON.stringify(message.attributes)).toBe(JSON.stringify(attributes))
      const [row] = await world.stored()
      expect(row?.attributes).toBe(JSON.stringify(attributes))
    })

    test('[DL7] lets a bad message harm no other that comes with it', async () => {
      const codes = await Promise.all(['one', 'a\0b', 'two'].map((text) => codeOf(world.write(visitor, { text }))))
      expect(codes).toEqual(['done', 'text_invalid text', 'done'])
    })

    test('[DL7] takes 30 messages at once and then one a second from a visitor', async () => {
      const codes = await Promise.all(upTo(31).map(() => codeOf(world.write(visitor))))
      expect(codes.filter((code) => code === 'done')).toHaveLength(30)
      expect(codes.at(-1)).toBe('rate_limited')
      await expect(world.write(visitor)).rejects.toMatchObject({ retryAfterMs: 1000 })
      world.clock.advance(999)
      expect(await codeOf(world.write(visitor))).toBe('rate_limited')
      world.clock.advance(1)
      expect(await codeOf(world.write(visitor))).toBe('done')
      expect(await codeOf(world.write(visitor))).toBe('rate_limited')
    })

    test('[DL7] takes 60 a minute in the long run, and never saves up more than the burst', async () => {
      await Promise.all(upTo(30).map(() => world.write(visitor)))
      let taken = 0
      for (let second = 0; second < 60; second++) {
        world.clock.advance(1000)
        if ((await codeOf(world.write(visitor))) === 'done') taken += 1
        expect(await codeOf(world.write(visitor))).toBe('rate_limited')
      }
      expect(taken).toBe(60)
      world.clock.advance(60 * minute)
      const codes = await Promise.all(upTo(40).map(() => codeOf(world.write(visitor))))
      expect(codes.filter((code) => code === 'done')).toHaveLength(30)
    })

    test('[DL7] lets no visitor use up the allowance of another, or of an agent', async () => {
      const { conversationId } = await world.write(visitor)
      await Promise.all(upTo(29).map(() => world.write(visitor)))
      expect(await codeOf(world.write(visitor))).toBe('rate_limited')
      expect(await codeOf(world.write(await world.visitor()))).toBe('done')
      const agent = await world.member('agent')
      const answers = await Promise.all(upTo(50).map(() => codeOf(world.answer(agent, { conversationId }))))
      expect(new Set(answers)).toEqual(new Set(['done']))
    })

    test('[DL7] counts nothing that was refused for its text', async () => {
      for (const _ of upTo(40)) await codeOf(world.write(visitor, { text: '' }))
      expect(await codeOf(world.write(visitor))).toBe('done')
    })
  })
}
