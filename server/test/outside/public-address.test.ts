import { expect, test } from 'vitest'
import { parseKeySetUrl } from '../../keys/fetch-key-set.ts'
import { isPublicAddress } from '../../outside/public-address.ts'

const publicOnes = [
  '1.1.1.1',
  '8.8.8.8',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '169.253.255.255',
  '169.255.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '192.0.1.0',
  '192.167.255.255',
  '192.169.0.0',
  '198.17.255.255',
  '198.20.0.0',
  '223.255.255.255',
  '2000::1',
  '2001:200::1',
  '2001:4860:4860::8888',
  '2606:4700:4700::1111',
  '2a00:1450:4001:82f::200e',
  '3ffe::1',
]

const others = [
  ['this network', '0.0.0.0', '0.1.2.3', '0.255.255.255'],
  ['private', '10.0.0.0', '10.255.255.255', '172.16.0.1', '172.31.255.255', '192.168.0.1', '192.168.255.255'],
  ['behind a carrier', '100.64.0.0', '100.100.100.200', '100.127.255.255'],
  ['loopback', '127.0.0.1', '127.1.2.3', '127.255.255.255', '::1', '0:0:0:0:0:0:0:1'],
  ['link-local', '169.254.0.1', '169.254.169.254', '169.254.255.255', 'fe80::1', 'febf::1'],
  ['a cloud’s own', '168.63.129.16', '192.0.0.192', 'fd00:ec2::254'],
  ['documentation', '192.0.2.1', '198.51.100.9', '203.0.113.255', '2001:db8::1', '3fff::1', '3fff:fff::1'],
  ['benchmarks', '198.18.0.1', '198.19.255.255', '2001:2::1'],
  ['relays of 6to4', '192.88.99.1'],
  ['multicast', '224.0.0.1', '239.255.255.255', 'ff02::1', 'ff0e::1'],
  ['reserved', '240.0.0.1', '255.255.255.254', '4000::1', '5f00::1', 'c000::1'],
  ['broadcast', '255.255.255.255'],
  ['unspecified', '::', '0:0:0:0:0:0:0:0'],
  ['site and unique local', 'fec0::1', 'fc00::1', 'fdff:ffff::1'],
  [
    'IPv4 mapped into IPv6',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:7f00:1',
    '::ffff:a9fe:a9fe',
    '::ffff:0:8.8.8.8',
  ],
  ['IPv4-compatible', '::127.0.0.1', '::8.8.8.8'],
  ['NAT64', '64:ff9b::127.0.0.1', '64:ff9b::8.8.8.8', '64:ff9b:1::a00:1'],
  ['6to4', '2002:7f00:1::', '2002:808:808::1'],
  ['Teredo', '2001::1', '2001:0:4136:e378:8000:63bf:3fff:fdd2'],
  ['ORCHID', '2001:10::1', '2001:20::1', '2001:30::1'],
  ['discard', '100::1', '100:0:0:1::1'],
  ['with a zone', 'fe80::1%eth0', '2606:4700:4700::1111%eth0', '::1%lo'],
  ['no address', '', 'localhost', '127.1', '0x7f.0.0.1', '0177.0.0.1', '2130706433', '8.8.8.8.8', '8.8.8', ' 8.8.8.8'],
  ['no address either', '8.8.8.8 ', '[::1]', '8.8.8.8:443', '08.8.8.8', '::g', '1.1.1.256'],
] as const

test.each(publicOnes)('[SS8] %s is of the public internet', (address) => {
  expect(isPublicAddress(address)).toBe(true)
})

test.each(others.flatMap(([kind, ...addresses]) => addresses.map((address) => [address, kind])))(
  '[SS8] "%s" is not: %s',
  (address) => {
    expect(isPublicAddress(address)).toBe(false)
  },
)

test.each([
  ['https://127.1/', '127.0.0.1'],
  ['https://0x7f.1/', '127.0.0.1'],
  ['https://0177.0.0.1/', '127.0.0.1'],
  ['https://2130706433/', '127.0.0.1'],
  ['https://0xa9fea9fe/latest', '169.254.169.254'],
  ['https://１２７.０.０.１/', '127.0.0.1'],
  ['https://[::ffff:127.0.0.1]/', '::ffff:7f00:1'],
  ['https://[0:0:0:0:0:0:0:1]/', '::1'],
])('[SS8] %s is seen for what it is: %s', (url, address) => {
  const host = parseKeySetUrl(url).hostname.replace(/^\[|\]$/g, '')
  expect(host).toBe(address)
  expect(isPublicAddress(host)).toBe(false)
})
