/** What the document's examples have in common. */

export const ids = {
  project: '01936d2e-7a10-7c4f-8a51-3f0c9a1b2d01',
  visitor: '01936d2e-7a10-7c4f-8a51-3f0c9a1b2d02',
  agent: '01936d2e-7a10-7c4f-8a51-3f0c9a1b2d03',
  conversation: '01936d2e-7a10-7c4f-8a51-3f0c9a1b2d04',
  message: '01936d2e-7a10-7c4f-8a51-3f0c9a1b2d05',
  client: '6f1c2b1e-0d7c-4b52-9a57-0f6f3a9f2d06',
  key: '01936d2e-7a10-7c4f-8a51-3f0c9a1b2d07',
  webhook: '01936d2e-7a10-7c4f-8a51-3f0c9a1b2d08',
  mailed: 'pQ5mZ0s1Yk8uJ3vX6tB9nC2rL7wD4eFaHgKiMoNqPsU',
}

export const examplePublicKey = {
  kty: 'EC',
  crv: 'P-256',
  x: 'Jawqb1DqX4ZlTbQ3QEKwdY8yVvNtAQesGx430S3TDRQ',
  y: 'VnJhkv9WcTUnWHSssnloW-GT0tVnE8n6YFKhhYMH5qM',
}

/** Long expired, and signed with a secret that nobody has. */
export const exampleToken =
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHRlcm5hbF9pZCI6ImN1c3RvbWVyLTQyIiwibmFtZSI6IkdyYWNlIiwiaWF0IjoxNzk1MzU2MTIwLCJleHAiOjE3OTUzNTY0MjB9.BZmHAmh595MXyHFzy6G1t4GGlnh2K9C6xvbLV4NvhOQ'
