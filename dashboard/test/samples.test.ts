import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { environment, samples } from '../pages/settings/visitor-authentication/samples.ts'
import { signInLine, snippet } from '../pages/snippet.ts'

const project = '0199a8c0-0000-7000-8000-000000000050'
const files = {
  Node: 'node-express/chat-token.js',
  PHP: 'php/chat-token.php',
  Python: 'python/chat_token.py',
  Ruby: 'ruby/chat_token.rb',
  Go: 'go/chat_token.go',
  Java: 'java/ChatToken.java',
  'C#': 'csharp/ChatToken.cs',
}

test('[AG2] the code that is shown is the code of examples/, in seven languages', () => {
  const shown = samples.map(({ language, text }) => [language, text])
  const read = Object.entries(files).map(([language, file]) => [
    language,
    readFileSync(join(import.meta.dirname, '../../examples', file), 'utf8'),
  ])
  expect(shown).toEqual(read)
})

test('[SS3] [VT6] [VT9] every sample reads the secret from the environment, sets the external id and lives for five minutes', () => {
  for (const { text, language } of samples) {
    expect(text, language).toMatch(/SIGNET_SECRET/)
    expect(text, language).toMatch(/SIGNET_PROJECT/)
    expect(text, language).not.toContain('sgn_')
    expect(text, language).toContain('external_id')
    expect(text, language).toMatch(/now \+ 300|plusSeconds\(300\)/)
  }
})

test('[AG2] [SS3] what to set has the project, and a placeholder for the secret unless it is there to be shown', () => {
  expect(environment(project)).toBe(`SIGNET_PROJECT=${project}\nSIGNET_SECRET=<your shared secret>`)
  expect(environment(project, 'sgn_new')).toBe(`SIGNET_PROJECT=${project}\nSIGNET_SECRET=sgn_new`)
})

test('[WG1] the snippet has the settings, the id and the address that pages written for Tiledesk have', () => {
  const text = snippet(project, 'https://chat.example')
  expect(text).toContain(`window.tiledeskSettings = { projectid: "${project}" }`)
  expect(text).toContain('"tiledesk-jssdk"')
  expect(text).toContain('"https://chat.example/tiledesk.js"')
  expect(signInLine).toContain('window.tiledesk.signInWithCustomToken("JWT ')
})
