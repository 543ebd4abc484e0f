/** A JSON Schema of the OpenAPI document as a TypeScript type, for the client and for whoever reads the API's page. */

export interface Schema {
  $ref?: string
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  patternProperties?: Record<string, Schema>
  description?: string
}

export function typeText(schema: Schema, indent = ''): string {
  const { $ref, enum: values, anyOf, type } = schema
  if ($ref) return $ref.slice($ref.lastIndexOf('/') + 1)
  if ('const' in schema) return literal(schema.const)
  if (values) return values.map(literal).join(' | ')
  if (anyOf) return [...new Set(anyOf.map((one) => typeText(one, indent)))].join(' | ')
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
      return type
    case 'integer':
    case 'number':
      return 'number'
    case 'array':
      return `Array<${typeText(schema.items ?? {}, indent)}>`
    case 'object':
      return objectText(schema, indent)
    default:
      return 'unknown'
  }
}

function objectText({ properties, required = [], patternProperties }: Schema, indent: string): string {
  const [values] = Object.values(patternProperties ?? {})
  if (values) return `Record<string, ${typeText(values, indent)}>`
  const inner = `${indent}  `
  const lines = Object.entries(properties ?? {}).flatMap(([name, property]) => [
    ...(property.description ? [`${inner}/** ${property.description} */`] : []),
    `${inner}${name}${required.includes(name) ? '' : '?'}: ${typeText(property, inner)}`,
  ])
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${indent}}`
}

function literal(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value)
}
