import { useStore } from '@nanostores/react'
import { useState } from 'react'
import { Link } from 'wouter'
import { Button } from '../parts/button.tsx'
import { Field, FormError } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { api } from '../stores/api.ts'
import { $leftBecause, enter } from '../stores/me.ts'
import { Entry } from './entry.tsx'
import { useSubmit } from './use-submit.ts'

export function SignIn() {
  const because = useStore($leftBecause)
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const submit = useSubmit(async () => enter(await api('POST /agent-session', { body: { email, password } })))
  return (
    <Entry title="Sign in" lead={because ?? 'Answer the people on your site.'}>
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
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          isRequired
        />
        {submit.error && <FormError>{submit.error}</FormError>}
        <Button type="submit" look="primary" size="large" busy={submit.busy}>
          Sign in
        </Button>
        <p>
          <Link to="/password-reset">Forgot your password?</Link>
        </p>
      </Form>
    </Entry>
  )
}
