/** Every word of the panel. The other languages have the same keys; functions are for what is put in. */
export const texts = {
  close: 'Close chat',
  hello: 'How can we help?',
  helloText: 'Write to us here. Our reply comes to this window.',
  soon: 'Usually replies in a few minutes',
  later: 'We reply as soon as we can',
  back: 'Back',
  options: 'Options',
  list: 'Your conversations',
  pace: (time: string) => `Usually replies within ${time}`,
  backAt: (time: string) => `Back on ${time}`,
  write: 'Write a message…',
  send: 'Send',
  you: 'You',
  team: 'Team',
  sending: 'Sending…',
  sent: 'Sent',
  seen: 'Seen',
  notSent: 'Not sent',
  typing: (name: string) => `${name} is typing…`,
  unread: 'unread',
  reconnecting: 'Reconnecting…',
  connected: 'Connected again',
  offline: 'You are offline. What you write is sent later.',
  waiting: 'This takes longer than usual…',
}

export type Texts = typeof texts
