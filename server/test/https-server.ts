/** A server that answers over https as a site's server would, or as badly as one could; and the certificate to trust. */
import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:https'

/** For keys.signet.test and nobody else; it guards nothing. */
const privateKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgdo2U1Y0Rg+0n6VeH
WnpFF/BbSMyLE1UfEa9Qs1Cdg/OhRANCAASVfVZdSvXzZPeColg/9NI8kggTc9e6
mIejuN1PeJDQbm8C8luYfBnuZ/Va8ziiwaMBUMeNJ/RzzMniimPitmAr
-----END PRIVATE KEY-----`

export const certificate = `-----BEGIN CERTIFICATE-----
MIIBsDCCAVagAwIBAgIUOSIZLDV2JSpGWHlenhOzWlc3DR0wCgYIKoZIzj0EAwIw
GzEZMBcGA1UEAwwQa2V5cy5zaWduZXQudGVzdDAgFw0yNjExMjIxNzQ0NDRaGA8y
MTI2MTAyOTE3NDQ0NFowGzEZMBcGA1UEAwwQa2V5cy5zaWduZXQudGVzdDBZMBMG
ByqGSM49AgEGCCqGSM49AwEHA0IABJV9Vl1K9fNk94KiWD/00jySCBNz17qYh6O4
3U94kNBubwLyW5h8Ge5n9VrzOKLBowFQx40n9HPMyeKKY+K2YCujdjB0MB0GA1Ud
DgQWBBTTtUMD0rzLZGQLFKIFIMmoeluB1DAfBgNVHSMEGDAWgBTTtUMD0rzLZGQL
FKIFIMmoeluB1DAhBgNVHREEGjAYghBrZXlzLnNpZ25ldC50ZXN0hwR/AAABMA8G
A1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgcm8MjEV3MdB8iUWbuAdu
x+AxjVkcQNGigzvw3OJd76YCIQDwHRCHFaxci0tvn0eeF4XXVfIDVlwRb87riF3P
TalhAA==
-----END CERTIFICATE-----`

export interface TestServer {
  port: number
  stop(): void
}

export async function startHttps(answer: RequestListener, host = '127.0.0.1'): Promise<TestServer> {
  const server = createServer({ key: privateKey, cert: certificate }, answer)
  server.listen(0, host)
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('The server has no port.')
  return {
    port: address.port,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}
