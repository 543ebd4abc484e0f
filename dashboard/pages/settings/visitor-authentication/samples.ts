/** How a site's server signs a visitor token, in the languages that sites are written in (AG2): examples/, word for word. */
import csharp from '../../../../examples/csharp/ChatToken.cs?raw'
import go from '../../../../examples/go/chat_token.go?raw'
import java from '../../../../examples/java/ChatToken.java?raw'
import node from '../../../../examples/node-express/chat-token.js?raw'
import php from '../../../../examples/php/chat-token.php?raw'
import python from '../../../../examples/python/chat_token.py?raw'
import ruby from '../../../../examples/ruby/chat_token.rb?raw'

export interface Sample {
  id: string
  language: string
  /** How to get the library. */
  library: string
  text: string
}

export const samples: readonly [Sample, ...Sample[]] = [
  { id: 'node', language: 'Node', library: 'npm install jsonwebtoken', text: node },
  { id: 'php', language: 'PHP', library: 'composer require firebase/php-jwt', text: php },
  { id: 'python', language: 'Python', library: 'pip install PyJWT', text: python },
  { id: 'ruby', language: 'Ruby', library: 'gem install jwt', text: ruby },
  { id: 'go', language: 'Go', library: 'go get github.com/golang-jwt/jwt/v5', text: go },
  { id: 'java', language: 'Java', library: 'io.jsonwebtoken:jjwt 0.12', text: java },
  { id: 'csharp', language: 'C#', library: 'dotnet add package System.IdentityModel.Tokens.Jwt', text: csharp },
]

/**
 * What the samples read. The secret stands here and never in the code: code is committed, shown and shared, and a
 * secret in it is soon no secret.
 */
export function environment(project: string, secret = '<your shared secret>'): string {
  return `SIGNET_PROJECT=${project}\nSIGNET_SECRET=${secret}`
}
