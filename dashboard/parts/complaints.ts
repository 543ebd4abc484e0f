import type { FieldErrors } from './form.tsx'

/** What a field asks for, as an input element has it. */
export interface Asked {
  name: string
  value: string
  type: string
  required: boolean
  minLength: number
  pattern: string
}

export function complaintsAbout(fields: readonly Asked[]): FieldErrors {
  const complaints = fields.flatMap((field) => {
    const complaint = complaintAbout(field)
    return complaint === undefined ? [] : [[field.name, complaint] as const]
  })
  return Object.fromEntries(complaints)
}

function complaintAbout({ value, type, required, minLength, pattern }: Asked): string | undefined {
  if (value.trim() === '') return required ? 'This is needed.' : undefined
  if (type === 'email' && !/^[^\s@]+@[^\s@]+$/.test(value)) return 'Write an e-mail address, as name@example.com.'
  if (value.length < minLength) return `At least ${minLength} characters. These are ${value.length}.`
  if (pattern !== '' && !new RegExp(`^(?:${pattern})$`, 'v').test(value)) return 'This has characters that do not fit.'
  return undefined
}

/** The named fields of a form. */
export function fieldsOf(form: HTMLFormElement): Asked[] {
  return [...form.elements].flatMap((element) => {
    if (!isField(element) || element.name === '') return []
    const { name, value, type, minLength } = element
    const required = element.required || element.getAttribute('aria-required') === 'true'
    const pattern = element instanceof HTMLInputElement ? element.pattern : ''
    return [{ name, value, type, required, minLength, pattern }]
  })
}

export function isField(element: unknown): element is HTMLInputElement | HTMLTextAreaElement {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
}

/** What is wrong with one field, found before anything is sent. */
export class FieldComplaint extends Error {
  readonly field: string

  constructor(field: string, sentence: string) {
    super(sentence)
    this.field = field
  }
}
