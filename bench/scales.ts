import type { Scale } from './row.ts'

export const full: Scale = {
  rounds: 5,
  seconds: 2,
  conversations: 500,
  senders: 200,
  sockets: 1_000,
  perSecond: 1_000,
  idleSockets: 10_000,
  revokedSockets: 10_000,
  messageCounts: [10, 1_000, 100_000, 1_000_000],
  conversationCounts: [1, 100, 10_000],
  socketCounts: [10, 1_000, 10_000],
  partOfTimes: 1,
}

export const quick: Scale = {
  ...full,
  rounds: 3,
  seconds: 1,
  idleSockets: 2_000,
  revokedSockets: 2_000,
  messageCounts: [10, 1_000, 100_000],
  conversationCounts: [1, 100, 2_000],
  socketCounts: [10, 100, 2_000],
}
