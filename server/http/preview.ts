/** A page of nobody's with the widget on it: to try it out, and to look at in the dashboard's first steps. */
export const previewPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Try the chat</title>
<script src="/preview.js"></script>
</head>
<body></body>
</html>
`

export const previewScript = `const project = new URLSearchParams(location.search).get('project')
window.tiledeskSettings = { projectid: project, persistence: 'session', isOpen: true }
const script = document.createElement('script')
script.id = 'tiledesk-jssdk'
script.async = true
script.src = '/tiledesk.js'
document.head.append(script)
`
