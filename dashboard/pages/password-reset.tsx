import { useState } from 'react'
import { Link } from 'wouter'
import { Button } from '../parts/button.tsx'
import { Field, FormError } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { api } from '../stores/api.ts'
import { Entry } from './entry.tsx'
import { useSubmit } from './use-submit.ts'

/** The token of a link stands behind the `#`, so that it is in no server's log. */
export function PasswordReset() {
  const [token] = useState(() => location.hash.slice(1))
  return token === '' ? <Ask /> : <Choose token={token} />
}

function Ask() {
  const [email, setEmail] = useState('')
  const [asked, setAsked] = useState(false)
  const submit = useSubmit(async () => {
    await api('POST /password-resets', { body: { email: email.trim() } })
    setAsked(true)
  })
  if (asked) {
    return (
      <Entry
        title="Look into your mailbox"
        lead={`If there is an account for ${email.trim()}, a link to choose a new password is on its way. It works once, for an hour.`}
      >
        <p>
          <Link to="/">Back to sign-in</Link>
        </p>
      </Entry>
    )
  }
  return (
    <Entry title="Forgot your password?" lead="Write your e-mail, and you get a link to choose a new one.">
      <Form className="entry-form" {...submit.form}>
        <Field
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          value={email}
          onChange={setEmail}
          isRequired
          autoFocus
        />
        {submit.error && <FormError>{submit.error}</FormError>}
        <Button type="submit" look="primary" size="large" busy={submit.busy}>
          Send the link
        </Button>
        <p>
          <Link to="/">Back to sign-in</Link>
        </p>
      </Form>
    </Entry>
  )
}

function Choose({ token }: { token: string }) {
  const [password, setPassword] = useState('')
  const [done, setDone] = useState(false)
  const submit = useSubmit(async () => {
    await api('POST /password-resets/use', { body: { token, password } })
    // Behind this page there is nothing left to use it for.
    history.replaceState(null, '', location.pathname)
    setDone(true)
  })
  if (done) {
    return (
      <Entry title="Your password is changed" lead="You are signed out everywhere. Sign in with the new one.">
        <p>
          <a href="/">Sign in</a>
        </p>
      </Entry>
    )
  }
  return (
    <Entry title="Choose a new password" lead="Wherever you are signed in, you will be signed out.">
      <Form className="entry-form" {...submit.form}>
        <Field
          label="New password"
          name="password"
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
          hint="At least 10 characters."
          minLength={10}
          isRequired
          autoFocus
        />
        {submit.error && <FormError>{submit.error}</FormError>}
        <Button type="submit" look="primary" size="large" busy={submit.busy}>
          Change the password
        </Button>
        {submit.error && (
          <p>
            <a href="/password-reset">Ask for another link</a>
          </p>
        )}
      </Form>
    </Entry>
  )
}
