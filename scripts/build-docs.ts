/** Makes pages of docs/ for the server to show: console lines of the widget lead there. */
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { renderMarkdown } from './markdown.ts'
import { root } from './sources.ts'

const out = join(root, 'dist/docs')

mkdirSync(out, { recursive: true })
for (const path of globSync('docs/*.md', { cwd: root })) {
  const text = readFileSync(join(root, path), 'utf8')
  writeFileSync(join(out, `${basename(path, '.md')}.html`), asPage(text))
}

function asPage(text: string): string {
  const title = /^# (.+)$/m.exec(text)?.[1] ?? 'Signet'
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="stylesheet" href="/docs/docs.css">
</head>
<body>
${renderMarkdown(text)}
</body>
</html>
`
}

writeFileSync(
  join(out, 'docs.css'),
  `body {
  max-width: 680px;
  margin: 0 auto;
  padding: 32px 20px 120px;
  font: 16px / 1.5 system-ui, sans-serif;
  overflow-wrap: break-word;
}
h1 { margin: 48px 0 8px; font-size: 28px; line-height: 1.2 }
h2 { margin: 32px 0 0; padding: 4px 8px; margin-inline: -8px; border-radius: 6px; font: 600 16px / 1.5 ui-monospace, monospace }
h2:target { background: color-mix(in srgb, #2a6ac1 18%, transparent) }
p, ul { margin: 8px 0 }
ul { padding-inline-start: 20px }
code { font: 0.9em ui-monospace, monospace }
table { width: 100%; margin: 12px 0; border-collapse: collapse; font-size: 15px }
th, td { padding: 6px 12px 6px 0; text-align: start; vertical-align: top; border-bottom: 1px solid color-mix(in srgb, currentColor 15%, transparent) }
a { color: inherit; text-decoration-color: color-mix(in srgb, currentColor 40%, transparent); text-underline-offset: 3px }
pre { padding: 12px 16px; overflow-x: auto; border-radius: 10px; background: color-mix(in srgb, currentColor 8%, transparent) }
`,
)
