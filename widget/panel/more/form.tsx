/** @jsxImportSource preact */
import { useRef, useState } from 'preact/hooks'
import { useSurroundings } from '../app.tsx'
import { LinkedText } from '../linked-text.tsx'
import { withLinks } from '../links.ts'
import { useArrival } from './arrival.ts'
import { Field } from './field.tsx'
import { type FieldValues, fieldsOf, problemsIn } from './form-fields.ts'
import { answer } from './introduce.ts'
import { useWords } from './words.ts'

/** What is asked before the first message. Whatever is said here is a claim: nobody believes it (VS9). */
export function Form() {
  const { core, chat } = useSurroundings()
  const words = useWords()
  const [problems, setProblems] = useState<Record<string, string>>({})
  const form = useRef<HTMLFormElement>(null)
  const place = useArrival<HTMLDivElement>('input, textarea')
  const [fields] = useState(() => fieldsOf(core.settings, words))

  function submit(event: Event) {
    event.preventDefault()
    if (!form.current) return
    const given = valuesOf(form.current)
    const found = problemsIn(fields, given, words)
    setProblems(found)
    const wrong = Object.keys(found)[0]
    if (wrong) form.current.querySelector<HTMLElement>(`[name="${CSS.escape(wrong)}"]`)?.focus()
    else answer(core, chat, fields, given)
  }

  return (
    <div ref={place} class="screen" tabIndex={-1}>
      <form ref={form} class="pre-chat" noValidate onSubmit={submit}>
        <h2>{words.introduce}</h2>
        <p>{words.introduceText}</p>
        {fields.map((field) =>
          field.type === 'static' ? (
            <p key={field.name} dir="auto">
              <LinkedText pieces={withLinks(field.label)} />
            </p>
          ) : (
            <Field key={field.name} field={field} problem={problems[field.name]} />
          ),
        )}
        <button type="submit" class="primary">
          {words.start}
        </button>
      </form>
    </div>
  )
}

function valuesOf(form: HTMLFormElement): FieldValues {
  const values: FieldValues = {}
  for (const element of form.elements) {
    if (element instanceof HTMLInputElement && element.type === 'checkbox') values[element.name] = element.checked
    else if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
      values[element.name] = element.value.trim()
    }
  }
  return values
}
