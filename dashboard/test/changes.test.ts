import { expect, test } from 'vitest'
import { changesIn } from '../pages/settings/changes.ts'

const before = { url: 'https://shop.example/', events: ['message.added'], note: null }

test('[HT1] what somebody has left as it was is not saved over what another has made of it', () => {
  expect(changesIn(before, { ...before, events: ['message.added'] })).toEqual({})
  expect(changesIn(before, { ...before, events: [] })).toEqual({ events: [] })
})
