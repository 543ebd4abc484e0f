import { expect, test } from 'vitest'
import { withLinks } from '../panel/links.ts'

const hrefs = (text: string) => withLinks(text).flatMap((piece) => (typeof piece === 'string' ? [] : [piece.href]))

test('finds web, mail and telephone addresses', () => {
  expect(hrefs('see https://example.com/a?b=1 or www.example.com')).toEqual([
    'https://example.com/a?b=1',
    'https://www.example.com',
  ])
  expect(hrefs('write to ada@example.com or mailto:bob@example.com, or tel:+3912345')).toEqual([
    'mailto:ada@example.com',
    'mailto:bob@example.com',
    'tel:+3912345',
  ])
})

test('the sentence’s own marks stay outside', () => {
  expect(withLinks('(https://example.com/a).')).toEqual([
    '(',
    { href: 'https://example.com/a', text: 'https://example.com/a' },
    ').',
  ])
  expect(hrefs('https://example.com/a_(b)')).toEqual(['https://example.com/a_(b)'])
})

test('[AG6] what is not plainly safe stays text', () => {
  for (const text of [
    'javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'http://',
    'https://[',
  ]) {
    expect(withLinks(text)).toEqual([text])
  }
})

test('nothing of the text is lost', () => {
  const text = 'a https://example.com, b@c.de; <b>&amp; www.x.org!'
  expect(
    withLinks(text)
      .map((piece) => (typeof piece === 'string' ? piece : piece.text))
      .join(''),
  ).toBe(text)
})

test.each(['a.'.repeat(20_000), `http://${'!'.repeat(20_000)}x`])(
  '[AG6] a long text without an end to any address keeps nobody waiting',
  (text) => {
    withLinks(text)
    const began = process.threadCpuUsage()
    for (let times = 0; times < 5; times += 1) withLinks(text)
    const { user } = process.threadCpuUsage(began)
    // Linear takes 30 ms of the processor, the square of the length over 500.
    expect(user / 1000).toBeLessThan(400)
  },
)
