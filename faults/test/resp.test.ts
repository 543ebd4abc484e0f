import { expect, test } from 'vitest'
import { isPublished, Replies } from '../stack/resp.ts'

const published = '*3\r\n$7\r\nmessage\r\n$9\r\nproject:1\r\n$6\r\na\r\nb\r\n\r\n'
const pushed = `>${published.slice(1)}`
const stream = [
  '+OK\r\n',
  published,
  ':1\r\n',
  '$-1\r\n',
  '*-1\r\n',
  '%1\r\n+a\r\n*2\r\n:1\r\n$0\r\n\r\n',
  pushed,
  '-ERR no\r\n',
]

test.each([1, 3, 7, 1_000])('cuts the stream into replies, %i bytes at a time', (size) => {
  const replies = new Replies()
  const bytes = Buffer.from(stream.join(''))
  const found: string[] = []
  for (let at = 0; at < bytes.length; at += size) {
    found.push(...replies.take(bytes.subarray(at, at + size)).map((reply) => reply.toString()))
  }
  expect(found).toEqual(stream)
})

test('tells a published message from other replies', () => {
  expect(stream.filter((reply) => isPublished(Buffer.from(reply)))).toEqual([published, pushed])
  expect(isPublished(Buffer.from('*3\r\n$9\r\nsubscribe\r\n$1\r\na\r\n:1\r\n'))).toBe(false)
})
