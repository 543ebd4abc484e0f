/**
 * A file's name as it may be shown. It is text from outside: it must not turn the line around it, hide letters, or
 * make a program look like a picture by writing its end backwards.
 */
const invisible =
  /\p{Cf}|\p{Cc}|\p{Co}|\p{Cs}|\u034F|[\u115F\u1160\u2800\u3164\uFFA0]|[\uFE00-\uFE0F]|[\u{E0100}-\u{E01EF}]/gu
const blanks = /[\p{Z}\t\r\n]+/gu

export function cleanFileName(name: string): string {
  return name.replace(blanks, ' ').replace(invisible, '').trim() || '…'
}

/** Shortened in the middle: what kind of file it is stands at the end. */
export function shortFileName(name: string, longest: number): string {
  const signs = Array.from(cleanFileName(name))
  if (signs.length <= longest) return signs.join('')
  const tail = Math.min(Math.ceil(longest / 3), 10)
  return `${signs.slice(0, longest - tail - 1).join('')}…${signs.slice(-tail).join('')}`
}

/** "340 kB", in the language's own way. */
export function sizeName(bytes: number, locale: string): string {
  const [unit, value] = inUnits(bytes)
  const maximumFractionDigits = value < 10 ? 1 : 0
  // In short, English says "12 byte".
  const unitDisplay = unit === 'byte' ? 'long' : 'short'
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay, maximumFractionDigits }).format(value)
}

function inUnits(bytes: number): [string, number] {
  if (bytes < 1_000) return ['byte', bytes]
  return bytes < 1_000_000 ? ['kilobyte', bytes / 1_000] : ['megabyte', bytes / 1_000_000]
}
