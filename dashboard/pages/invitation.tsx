import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Answer } from '../../protocol/endpoints.ts'
import { Button } from '../parts/button.tsx'
import { Field, FormError } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { Waiting } from '../parts/skeleton.tsx'
import { api, sentenceFor } from '../stores/api.ts'
import { enter } from '../stores/me.ts'
import { Entry } from './entry.tsx'
import { useSubmit } from './use-submit.ts'

type Offer = Answer<'POST /invitations/preview'>

/** The token stands behind the `#`, so that it is in no server's log. */
export function Invitation() {
  const [token] = useState(() => location.hash.slice(1))
  const { data, error } = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => api('POST /invitations/preview', { body: { token } }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (error) return <Dead because={sentenceFor(error)} />
  if (data === undefined) return <Waiting>{null}</Waiting>
  return <Accept token={token} offer={data} />
}

/** Whoever used it and comes back by the same link wants to sign in. */
function Dead({ because }: { because: string }) {
  const [, go] = useLocation()
  return (
    <Entry title="This invitation does not work" lead={because}>
      <div>
        <Button onPress={() => go('/', { replace: true })}>Go to sign-in</Button>
      </div>
    </Entry>
  )
}

function Accept({ token, offer }: { token: string; offer: Offer }) {
  const { projectName, email, role, hasAccount } = offer
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [, go] = useLocation()
  const submit = useSubmit(async () => {
    enter(await api('POST /invitations/accept', { body: { token, password, ...(!hasAccount && { name }) } }))
    go('/', { replace: true })
  })
  return (
    <Entry title={`Join ${projectName}`} lead={`You are invited ${asRole(role)}, as ${email}.`}>
      <Form className="entry-form" {...submit.form}>
        <input type="hidden" autoComplete="username" value={email} readOnly />
        {!hasAccount && (
          <Field
            label="Your name"
            autoComplete="name"
            value={name}
            onChange={setName}
            name="name"
            isRequired
            autoFocus
          />
        )}
        <Field
          label={hasAccount ? 'Your password' : 'Choose a password'}
          type="password"
          autoComplete={hasAccount ? 'current-password' : 'new-password'}
          value={password}
          onChange={setPassword}
          name="password"
          hint={hasAccount ? 'The one you sign in with already.' : 'At least 10 characters.'}
          {...(!hasAccount && { minLength: 10 })}
          isRequired
        />
        {submit.error && <FormError>{submit.error}</FormError>}
        <Button type="submit" look="primary" size="large" busy={submit.busy}>
          Join
        </Button>
      </Form>
    </Entry>
  )
}

function asRole(role: Offer['role']): string {
  if (role === 'agent') return 'to answer chats'
  return role === 'admin' ? 'as an admin' : 'as an owner'
}
