/** @jsxImportSource preact */
import { useRef, useState } from 'preact/hooks'
import type { Core } from '../core.ts'
import { useSurroundings } from './app.tsx'

/** Does the page want to know a name before the first message, and does nobody say one yet? */
export function needsIntroduction({ settings, session }: Core): boolean {
  const isKnown = settings.userFullname !== '' && settings.userEmail !== ''
  return settings.preChatForm && session.who.get().state === 'guest' && !isKnown
}

/** Asks for a name and an e-mail. Both are claims: nobody believes them (VS9). */
export function PreChat() {
  const { core, texts } = useSurroundings()
  const [problems, setProblems] = useState<{ name?: string; email?: string }>({})
  const form = useRef<HTMLFormElement>(null)

  function submit(event: Event) {
    event.preventDefault()
    if (!form.current) return
    const given = new FormData(form.current)
    const name = String(given.get('name')).trim()
    const email = String(given.get('email')).trim()
    const found = {
      ...(!name && { name: texts.nameMissing }),
      ...(!/^[^\s@]+@[^\s@]+$/.test(email) && { email: texts.emailWrong }),
    }
    setProblems(found)
    const wrong = Object.keys(found)[0]
    if (wrong) form.current.querySelector<HTMLInputElement>(`[name=${wrong}]`)?.focus()
    else introduce(core, name, email)
  }

  return (
    <form ref={form} class="pre-chat" noValidate onSubmit={submit}>
      <h2>{texts.introduce}</h2>
      <p>{texts.introduceText}</p>
      <Field name="name" label={texts.name} autocomplete="name" problem={problems.name} />
      <Field name="email" label={texts.email} autocomplete="email" problem={problems.email} />
      <button type="submit" class="primary">
        {texts.start}
      </button>
    </form>
  )
}

interface FieldProps {
  name: 'name' | 'email'
  label: string
  autocomplete: 'name' | 'email'
  problem: string | undefined
}

function Field({ name, label, autocomplete, problem }: FieldProps) {
  const { core } = useSurroundings()
  const known = name === 'name' ? core.settings.userFullname : core.settings.userEmail
  return (
    <label class="field">
      <span>{label}</span>
      <input
        name={name}
        type="text"
        inputmode={name === 'email' ? 'email' : 'text'}
        autocomplete={autocomplete}
        defaultValue={known}
        maxlength={255}
        aria-invalid={problem !== undefined}
        aria-describedby={`${name}-problem`}
      />
      <span id={`${name}-problem`} class="problem">
        {problem}
      </span>
    </label>
  )
}

function introduce(core: Core, userFullname: string, userEmail: string): void {
  const claims = { userFullname, userEmail }
  Object.assign(core.settings, claims)
  core.shelf.set('claims', claims)
  core.changes.set(core.changes.get() + 1)
  const who = core.session.who.get()
  if (who.state !== 'guest' || !who.session) return
  const body = { name: userFullname, email: userEmail }
  core.call('PATCH /visitor-session', { body }).catch(core.events.report)
}
