import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linkify } from '../parts/linkify.ts'

const hrefs = (text: string) => linkify(text).flatMap((piece) => (piece.kind === 'link' ? [piece.href] : []))

test.each([
  ['see https://example.com/a?b=c.', ['https://example.com/a?b=c']],
  ['(http://example.com/x_(y))', ['http://example.com/x_(y)']],
  ['write to mailto:ada@example.com, please', ['mailto:ada@example.com']],
  ['call tel:+4930123', ['tel:+4930123']],
  ['HTTPS://EXAMPLE.COM', ['https://example.com/']],
])('[AG6] %j links to %j', (text, expected) => {
  expect(hrefs(text)).toEqual(expected)
})

test.each([
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'file:///etc/passwd',
  'https://bank.example@evil.example/',
  'https://',
  'tel:',
  'blob:https://example.com/1',
])('[AG6] %j does not become a link', (text) => {
  expect(hrefs(text)).toEqual([])
})

test('[AG6] a link ends where a character would turn the direction of the text', () => {
  expect(linkify('https://example.com/\u202Egpj.exe')).toEqual([
    { kind: 'link', text: 'https://example.com/gpj.exe', href: 'https://example.com/gpj.exe' },
  ])
  expect(hrefs('https://example.com\u200B.evil.example')).toEqual(['https://example.com/'])
})

test('[AG6] nothing but http, https, mailto and tel comes out, and no text is lost', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('https://', 'javascript:', 'a.b', ' ', ')', '@', '\u200B', 'tel:1', '"')),
      (parts) => {
        const text = parts.join('')
        const pieces = linkify(text)
        expect(pieces.map((piece) => piece.text).join('')).toBe(text)
        for (const href of hrefs(text)) expect(href).toMatch(/^(https?|mailto|tel):/)
      },
    ),
  )
})

test.each([').', ')', '].', '()', '.'])(
  '[AG6] a message full of %j after an address keeps no agent waiting',
  (marks) => {
    const text = `https://example.com${marks.repeat(Math.floor(7_900 / marks.length))}`
    linkify(text)
    const began = process.threadCpuUsage()
    for (let times = 0; times < 5; times += 1) linkify(text)
    const { user } = process.threadCpuUsage(began)
    // Linear takes 2 ms of the processor, the square of the length over 1,000.
    expect(user / 1000).toBeLessThan(400)
  },
)
