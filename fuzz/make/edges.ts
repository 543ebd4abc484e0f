/** Values where programs break. */
import type { Seeded } from '../../faults/seeded.ts'

const deep = 10_000

/** JSON texts of one value each. */
const tokens = [
  ...[
    'null',
    'true',
    'false',
    '[]',
    '{}',
    '""',
    '0',
    '-0',
    '1',
    '-1',
    '0.1',
    '1e400',
    '-1e400',
    '1e-400',
    '2147483648',
  ],
  ...['9007199254740991', '9007199254740993', '-9007199254740993', '18446744073709551616', '1e15', '999999999999999'],
  ...['NaN', 'Infinity', 'undefined', '01', '.5', '+1', '0x10', "'a'", '1n', ',', ''],
  ...[
    '"\\ud800"',
    '"\\udc00\\ud800"',
    '"a\\u0000b"',
    '"\\u0000"',
    '"\\uffff"',
    '"\\u202e"',
    '"\\ufeff"',
    '"\\x"',
    '"\n"',
  ],
  ...['"__proto__"', '"constructor"', '"toString"', '"true"', '"null"', '"-1"', '"1e3"', '"%00"', '"../../etc/passwd"'],
  ...[
    '"\' or 1=1 --"',
    '"<script>alert(1)</script>"',
    '"\\ud83d\\ude00"',
    '"e\\u0301"',
    '"\\u0130"',
    '" "',
    '"\\t\\r\\n"',
  ],
  ...[
    '{"__proto__":{"admin":true}}',
    '{"constructor":{"prototype":{"a":1}}}',
    '{"toString":1,"valueOf":2}',
    '{"length":-1}',
  ],
  ...['[[[[[[]]]]]]', '[null]', '{"":""}', '{"a":1,"a":2}', '"<<conversation>>"', '"<<foreign>>"', '"<<project>>"'],
  ...['"<<other>>"', '"<<message>>"', '"<<session>>"', '"<<cursor>>"', '"<<key>>"', '"<<me>>"'],
]

const large: ((rng: Seeded) => string)[] = [
  () => '['.repeat(deep) + ']'.repeat(deep),
  () => `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`,
  () => '['.repeat(deep),
  (rng) => `"${'x'.repeat(rng.whole(7_990, 8_010))}"`,
  (rng) => `"${'\\ud83d\\ude00'.repeat(rng.whole(3_990, 4_010))}"`,
  (rng) => `"${'\\u0000'.repeat(rng.whole(100, 5_000))}"`,
  (rng) => `"${'y'.repeat(rng.whole(60_000, 70_000))}"`,
  (rng) => `[${'1,'.repeat(rng.whole(1_000, 20_000))}1]`,
  (rng) => `{${Array.from({ length: rng.whole(100, 3_000) }, (_none, at) => `"k${at}":${at}`).join(',')}}`,
  (rng) => '9'.repeat(rng.whole(300, 5_000)),
  (rng) => `"${'z'.repeat(rng.whole(125_000, 140_000))}"`,
]

export const oddNames = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '',
  '\u0000',
  'type',
  'id',
  '0',
  'then',
  'length',
]

export function edge(rng: Seeded): string {
  if (rng.chance(0.03)) return rng.pick(large)?.(rng) ?? 'null'
  return rng.pick(tokens) ?? 'null'
}

export function bytes(rng: Seeded, most: number): Buffer {
  return Buffer.from(Array.from({ length: rng.whole(0, most) }, () => rng.whole(0, 255)))
}

export function uuid(rng: Seeded): string {
  const digits = Array.from({ length: 32 }, () => rng.whole(0, 15).toString(16)).join('')
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join(
    '-',
  )
}
