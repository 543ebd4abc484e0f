import { expect, test } from 'vitest'
import { cutToFit } from '../panel/outgoing.ts'

const size = (attributes: object) => new TextEncoder().encode(JSON.stringify(attributes)).length

test('[DL7] what the widget adds is cut to fit, the longest first', () => {
  const cut = cutToFit({ sourcePage: `https://x.test/?${'é"'.repeat(4_000)}`, client: 'Firefox', company: 'ACME' })
  expect(size(cut)).toBeLessThanOrEqual(4_096)
  expect(size(cut)).toBeGreaterThan(3_000)
  expect(cut).toMatchObject({ client: 'Firefox', company: 'ACME' })
})

test('[DL7] a cut never leaves half a character', () => {
  for (let limit = 100; limit < 120; limit++) {
    for (const before of ['', 'a', 'ab', 'abc']) {
      const cut = cutToFit({ sourceTitle: `${before}${'🙂'.repeat(40)}` }, limit)
      expect(String(cut.sourceTitle).isWellFormed()).toBe(true)
    }
  }
})

test('[DL7] what the page adds is the page’s: it is left for the server to refuse', () => {
  const company = 'x'.repeat(5_000)
  expect(cutToFit({ company, client: 'Firefox' })).toEqual({ company })
})

test('what fits is left alone', () => {
  const attributes = { client: 'Firefox', sourcePage: 'https://x.test/' }
  expect(cutToFit(attributes)).toEqual(attributes)
})
