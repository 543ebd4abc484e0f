/** The API as a page to read: made from the OpenAPI document, without a script, so that any CSP will do. */
import { answerOf, type Document, inputOf, keyOf, type Operation } from './client-types.ts'
import { escaped, renderMarkdown } from './markdown.ts'
import { type Schema, typeText } from './type-text.ts'

export function apiPage({ info, tags, paths, webhooks, components }: Document): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ key: keyOf(method, path), operation })),
  )
  const groups = tags.map(({ name, description }) => {
    const own = operations.filter(({ operation }) => operation.tags.includes(name))
    return `<h2 id="${idOf(name)}">${name}</h2>
<p>${escaped(description)}</p>
${own.map(({ key, operation }) => operationHtml(key, operation)).join('\n')}`
  })
  const events = Object.entries(webhooks).map(([name, { post }]) => eventHtml(name, post))
  const records = Object.entries(components.schemas).map(([name, schema]) => typeHtml(name, schema))
  const contents = [...tags.map(({ name }) => name), 'Events', 'Records'].map(
    (name) => `<a href="#${idOf(name)}">${name}</a>`,
  )
  return `<h1>The API</h1>
${renderMarkdown(info.description)}
<p>The same for programs: <a href="/api/v1/openapi.json">openapi.json</a>. All addresses begin with <code>/api/v1</code>.</p>
<nav>${contents.join(' · ')}</nav>
${groups.join('\n')}
<h2 id="events">Events</h2>
<p>What is sent to webhooks. ${inline(aboutDeliveries(webhooks))}</p>
${events.join('\n')}
<h2 id="records">Records</h2>
${records.join('\n')}`
}

function operationHtml(key: string, operation: Operation): string {
  const [method, path = ''] = key.split(' ')
  const input = inputOf(operation)
  return `<details id="${operation.operationId}">
<summary><code><strong>${method}</strong> ${path.replace(/:(\w+)/g, '<i>:$1</i>')}</code> ${escaped(operation.summary)}</summary>
<p>${inline(operation.description)}</p>
${Object.keys(input.properties ?? {}).length > 0 ? `<h3>Takes</h3>\n${pre(input)}` : ''}
${exampleHtml(operation)}
<h3>Answers</h3>
${'204' in operation.responses ? '<p>204, without a body.</p>' : pre(answerOf(operation))}
<h3>Refuses with</h3>
${refusalsHtml(operation)}
</details>`
}

/** The same for all. */
function aboutDeliveries(webhooks: Document['webhooks']): string {
  return Object.values(webhooks)[0]?.post.description ?? ''
}

function eventHtml(name: string, event: Operation): string {
  const body = inputOf(event).properties?.body
  return `<details id="${event.operationId}">
<summary><code>${name}</code> ${escaped(event.summary)}</summary>
${body ? pre(body) : ''}
${exampleHtml(event)}
</details>`
}

function refusalsHtml({ responses }: Operation): string {
  const refusals = Object.entries(responses).filter(([status]) => status.startsWith('4'))
  return `<ul>\n${refusals.map(([status, { description = '' }]) => `<li>${status}: ${inline(description)}</li>`).join('\n')}\n</ul>`
}

/** Of its body. */
function exampleHtml({ requestBody }: Operation): string {
  const example = requestBody?.content?.['application/json']?.example
  if (example === undefined) return ''
  return `<p>For example</p>\n<pre><code>${escaped(JSON.stringify(example, null, 2))}</code></pre>`
}

function typeHtml(name: string, schema: Schema): string {
  return `<details id="${idOf(name)}">\n<summary><code>${name}</code></summary>\n${pre(schema)}\n</details>`
}

function pre(schema: Schema): string {
  return `<pre><code>${linked(escaped(typeText(schema)))}</code></pre>`
}

/** A record's name leads to the record. */
function linked(text: string): string {
  return text.replace(/(?<![\w'])([A-Z][A-Za-z]+)(?=[\s;>|]|$)(?![^/]*\*\/)/gm, (name) =>
    name === 'Array' || name === 'Record' ? name : `<a href="#${idOf(name)}">${name}</a>`,
  )
}

function inline(text: string): string {
  return escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>')
}

function idOf(name: string): string {
  return name.toLowerCase().replace(/[^\w]+/g, '-')
}
