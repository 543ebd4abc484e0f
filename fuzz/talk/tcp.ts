/** Puts bytes on a line, says that there are no more, and gives back what came until the server hung up. */
import { connect } from 'node:net'
import type { CallerOfCases } from '../caller.ts'
import type { TcpCase } from '../case.ts'

const patienceMs = 8_000

export function playTcp(port: number, caller: CallerOfCases, made: TcpCase): Promise<string | 'silent'> {
  const net = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  let received = ''
  return new Promise((resolve) => {
    const over = (text: string) => {
      clearTimeout(timer)
      net.destroy()
      resolve(text)
    }
    const timer = setTimeout(() => over('silent'), patienceMs)
    net.on('error', () => {})
    net.on('data', (bytes: Buffer) => {
      received += bytes.toString('latin1')
    })
    net.on('end', () => over(received))
    net.on('close', () => over(received))
    net.on('connect', () => {
      for (const part of made.parts) net.write(Buffer.from(caller.fill(made.who, part), 'latin1'))
      if (made.end === 'finish') net.end()
      else setTimeout(() => over(received), 5)
    })
  })
}
