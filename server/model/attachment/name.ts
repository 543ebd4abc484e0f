/**
 * What a file is called: for people to read, and for the header with which a browser saves it. It is never part of a
 * path. What would not show, or would show other letters in another order (bidi marks: `gpj.exe` as `exe.jpg`), goes.
 */
const longest = 255

export function fileNameFrom(given: string | undefined): string {
  const last = (given ?? '').toWellFormed().split(/[/\\]/).at(-1) ?? ''
  const shown = last.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffd]/gu, '').trim()
  const name = shortened(shown)
  return /^\.*$/.test(name) ? 'file' : name
}

/** Its end is kept: there stands what it is. */
function shortened(name: string): string {
  if (name.length <= longest) return name
  const [ending = ''] = name.match(/\.[^.]{1,16}$/) ?? []
  // Not in the middle of a character that takes two.
  return `${name.slice(0, longest - ending.length).replace(/[\ud800-\udbff]$/, '')}${ending}`
}

/** For Content-Disposition: plain letters for who knows no others, and all of it after RFC 8187. */
export function dispositionOf(kind: 'inline' | 'attachment', name: string): string {
  const plain = name.replace(/[^A-Za-z0-9._ -]/g, '_')
  const encoded = encodeURIComponent(name).replace(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`
}
