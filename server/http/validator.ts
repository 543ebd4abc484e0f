/**
 * Checks what comes in by the endpoint's schema, with the checker that reads frames, too: nothing is coerced and
 * nothing removed (HT1). A schema is compiled when it is first used, since most are not in the first seconds, and
 * compiling all of them was a quarter of the start.
 */
import Type, { type TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import { Refused } from '../model/refused.ts'

type Verdict = { value: unknown } | { error: Refused }

export function validatorOf(schema: TSchema): (value: unknown) => Verdict {
  let compiled: Validator | undefined
  return (value) => {
    compiled ??= Compile(schema)
    if (compiled.Check(value)) return { value }
    const meant = formMeant(schema, value)
    return { error: meant ? explain(Compile(meant).Errors(value)) : new Refused('invalid_request') }
  }
}

/** Where a body may have several forms: the one whose fields are there. Complaints of the others would mislead. */
function formMeant(schema: TSchema, value: unknown): TSchema | undefined {
  if (!Type.IsUnion(schema)) return schema
  const given = typeof value === 'object' && value !== null ? value : {}
  return schema.anyOf.find((form) => Type.IsObject(form) && form.required?.every((name) => Object.hasOwn(given, name)))
}

type Complaint = ReturnType<Validator['Errors']>[number]

/** The first complaint, in a sentence that names the field. */
function explain(complaints: Complaint[]): Refused {
  // "schema is false" is said of an unknown field before the field is named.
  const first = complaints.find((complaint) => complaint.keyword !== 'boolean')
  if (first?.keyword === 'required') {
    const [field] = first.params.requiredProperties
    return refuse(field, `The field "${field}" is missing.`)
  }
  if (first?.keyword === 'additionalProperties') {
    const [field] = first.params.additionalProperties
    return refuse(field, `There is no field "${field}" here.`)
  }
  const field = first?.instancePath.split('/')[1]
  return field ? refuse(field, `The field "${field}" ${first?.message}.`) : new Refused('invalid_request')
}

function refuse(field: string | undefined, message: string): Refused {
  return new Refused('invalid_request', { ...(field !== undefined && { field }), message })
}
