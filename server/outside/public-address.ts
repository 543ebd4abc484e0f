/**
 * Which addresses are of the public internet. Where keys are fetched from and webhooks go to is given by whoever
 * administers a project, and the server that goes there may reach what he may not: itself, its neighbours, its
 * cloud's metadata (SS8, WH5).
 */
import { BlockList, isIPv4, isIPv6 } from 'node:net'

export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !notPublic4.check(address, 'ipv4')
  // A zone (%eth0) is of one link by its nature.
  if (!isIPv6(address) || address.includes('%')) return false
  return globalUnicast6.check(address, 'ipv6') && !notPublic6.check(address, 'ipv6')
}

function listOf(family: 'ipv4' | 'ipv6', subnets: string[]): BlockList {
  const list = new BlockList()
  for (const subnet of subnets) {
    const [network = '', prefix] = subnet.split('/')
    list.addSubnet(network, Number(prefix), family)
  }
  return list
}

const notPublic4 = listOf('ipv4', [
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private
  '100.64.0.0/10', // behind a carrier's NAT
  '127.0.0.0/8', // loopback
  '168.63.129.16/32', // Azure's host, from inside
  '169.254.0.0/16', // link-local, and most clouds' metadata
  '172.16.0.0/12', // private
  '192.0.0.0/24', // protocol assignments
  '192.0.2.0/24', // documentation
  '192.88.99.0/24', // relays of 6to4
  '192.168.0.0/16', // private
  '198.18.0.0/15', // benchmarks
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, and broadcast
])

/** The other way round: loopback, IPv4 in disguise (::ffff:, 64:ff9b::), fc00::, fe80::, ff00:: all lie outside. */
const globalUnicast6 = listOf('ipv6', ['2000::/3'])

const notPublic6 = listOf('ipv6', [
  '2001::/23', // protocol assignments, Teredo among them: IPv4 in disguise
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4: IPv4 in disguise
  '3fff::/20', // documentation
])
