/** Bars as an SVG, in the colours of whoever looks at it, light or dark. */

export interface ChartBar {
  label: string
  /** As it stands at the bar's end. */
  value: string
  part: number
  /** Where a mark stands: what is to be reached, or not to be passed. */
  mark: number | undefined
  met: boolean | undefined
}

export interface Panel {
  title: string
  /** What the mark means. */
  hint: string
  bars: ChartBar[]
}

const width = 1000
const labelWidth = 450
const barWidth = 400
const rowHeight = 22
const titleHeight = 58

const style = `
  text { font: 13px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; fill: var(--text) }
  .title { font-size: 16px; font-weight: 600 } .hint, .value { fill: var(--faint) } .late { fill: var(--missed) }
  .page { fill: var(--page) } .track { fill: var(--track) } .mark { stroke: var(--text); stroke-width: 2 }
  .plain { fill: var(--plain) } .met { fill: var(--met) } .missed { fill: var(--missed) }
  svg { --page: #ffffff; --text: #1c2430; --faint: #566173; --track: #eef1f5; --plain: #8b97a8; --met: #1f7a6d; --missed: #b3402a }
  @media (prefers-color-scheme: dark) {
    svg { --page: #12161c; --text: #e6eaf0; --faint: #a2adbc; --track: #1f2630; --plain: #718096; --met: #3fae9c; --missed: #ef8a70 }
  }`

export function chart(panels: readonly Panel[]): string {
  let top = 16
  const drawn = panels.map((panel) => {
    const at = top
    top += titleHeight + panel.bars.length * rowHeight + 22
    return `<g transform="translate(24 ${at})">${drawPanel(panel)}</g>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${top}" viewBox="0 0 ${width} ${top}" role="img">
<title>What Signet does beside what this machine can do</title>
<style>${style}
</style>
<rect class="page" width="${width}" height="${top}"/>
${drawn.join('\n')}
</svg>
`
}

function drawPanel({ title, hint, bars }: Panel): string {
  const furthest = Math.max(1, ...bars.map(({ mark = 0 }) => mark))
  // One that lies far beyond every mark is cut off, or nothing could be told of the others.
  const whole = Math.min(furthest * 1.6, Math.max(furthest, ...bars.map(({ part }) => part))) * 1.05
  const scale = (part: number) => Math.round((Math.min(part, whole) / whole) * barWidth * 10) / 10
  const head = `<text class="title" y="18">${escaped(title)}</text><text class="hint" y="38">${escaped(hint)}</text>`
  return `${head}\n${bars.map((bar, index) => drawBar(bar, titleHeight + index * rowHeight, scale)).join('\n')}`
}

function drawBar({ label, value, part, mark, met }: ChartBar, y: number, scale: (part: number) => number): string {
  const kind = kindOf(met)
  const marked = mark === undefined ? '' : `<path class="mark" d="M${labelWidth + scale(mark)} ${y - 2}v18"/>`
  return (
    `<text y="${y + 12}">${escaped(label)}</text>` +
    `<rect class="track" x="${labelWidth}" y="${y}" width="${barWidth}" height="14" rx="2"/>` +
    `<rect class="${kind}" x="${labelWidth}" y="${y}" width="${scale(part)}" height="14" rx="2"/>${marked}` +
    `<text class="${met === false ? 'late' : 'value'}" x="${labelWidth + barWidth + 10}" y="${y + 12}">` +
    `${escaped(value)}${met === false ? ' missed' : ''}</text>`
  )
}

function kindOf(met: boolean | undefined): string {
  if (met === undefined) return 'plain'
  return met ? 'met' : 'missed'
}

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
