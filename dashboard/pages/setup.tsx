import { useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { Button } from '../parts/button.tsx'
import { Field, FormError } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { api } from '../stores/api.ts'
import { enter } from '../stores/me.ts'
import { Entry } from './entry.tsx'
import { useSubmit } from './use-submit.ts'

/** First start: the owner and his first project (AG1). */
export function Setup({ codeRequired }: { codeRequired: boolean }) {
  const [search] = useSearchParams()
  const given = search.get('code') ?? ''
  const [, go] = useLocation()
  const [form, setForm] = useState({ name: '', email: '', password: '', projectName: '', code: given })
  const set = (field: keyof typeof form) => (value: string) => setForm({ ...form, [field]: value })
  const submit = useSubmit(async () => {
    const { code, ...rest } = form
    const { agent, project } = await api('POST /setup', { body: { ...rest, ...(code !== '' && { code }) } })
    enter({ agent, memberships: [{ project, role: 'owner' }] })
    go(`/projects/${project.id}/start`, { replace: true })
  })
  return (
    <Entry title="Set up Signet" lead="You become the owner. Everything here can be changed later.">
      <Form className="entry-form" {...submit.form}>
        <Field label="Your name" value={form.name} onChange={set('name')} name="name" {...text('name')} autoFocus />
        <Field
          label="E-mail"
          type="email"
          value={form.email}
          onChange={set('email')}
          name="email"
          {...text('username')}
        />
        <Field
          label="Password"
          type="password"
          value={form.password}
          onChange={set('password')}
          name="password"
          hint="At least 10 characters."
          minLength={10}
          {...text('new-password')}
        />
        <Field
          label="Project"
          value={form.projectName}
          onChange={set('projectName')}
          name="projectName"
          hint="The name of the site that the chat is for."
          {...text('organization')}
        />
        {codeRequired && given === '' && (
          <Field
            label="Setup code"
            value={form.code}
            onChange={set('code')}
            name="code"
            hint="The server printed it when it started, at the end of the address."
            {...text('off')}
          />
        )}
        {submit.error && <FormError>{submit.error}</FormError>}
        <Button type="submit" look="primary" size="large" busy={submit.busy}>
          Create project
        </Button>
      </Form>
    </Entry>
  )
}

function text(autoComplete: string) {
  return { isRequired: true, autoComplete } as const
}
