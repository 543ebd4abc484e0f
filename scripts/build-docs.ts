/** Makes pages of docs/ and of the API for the server to show: console lines of the widget lead there. */
import { copyFileSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { apiPage } from './api-page.ts'
import { readDocument } from './client-types.ts'
import { renderMarkdown } from './markdown.ts'
import { root } from './sources.ts'
import { widgetTexts, widgetTextsOf } from './widget-texts.ts'

const out = join(root, 'dist/docs')

mkdirSync(out, { recursive: true })
copyFileSync(join(root, 'docs/docs.css'), join(out, 'docs.css'))
writeFileSync(join(out, 'api.html'), asPage('The API', apiPage(readDocument())))
writeFileSync(join(out, 'widget-texts.html'), asPage('The widget’s words', renderMarkdown(widgetTexts())))
const languages = globSync('widget/texts/more-??.ts', { cwd: root }).map((path) => basename(path, '.ts').slice(-2))
writeFileSync(join(out, 'widget-texts.json'), JSON.stringify(await widgetTextsOf(languages.sort())))
for (const path of globSync('docs/*.md', { cwd: root })) {
  const text = readFileSync(join(root, path), 'utf8')
  const title = /^# (.+)$/m.exec(text)?.[1] ?? 'Signet'
  writeFileSync(join(out, `${basename(path, '.md')}.html`), asPage(title, renderMarkdown(text)))
}

function asPage(title: string, html: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Signet</title>
<link rel="stylesheet" href="/docs/docs.css">
</head>
<body>
${html}
</body>
</html>
`
}
