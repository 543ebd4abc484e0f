import { useStore } from '@nanostores/react'
import { useState } from 'react'
import type { Answer } from '../../../../client/api.ts'
import { cleanName } from '../../../parts/clean-name.ts'
import { Field } from '../../../parts/field.tsx'
import { ago } from '../../../parts/time.ts'
import { api } from '../../../stores/api.ts'
import { $erased } from '../../../stores/erasing.ts'
import { $now } from '../../../stores/now.ts'
import { held } from '../../person/held.ts'
import { PersonActs } from '../../person/person-acts.tsx'
import { useSubmit } from '../../use-submit.ts'
import { SettingForm } from '../setting-form.tsx'
import { SettingGroup } from '../setting-group.tsx'
import { useProject } from '../use-project.ts'

type Found = Answer<'GET /projects/:project/visitors/:visitor'>

/** For a person who is in no list: known by what the site calls him. */
export function FindPerson() {
  const { project } = useProject()
  const [externalId, setExternalId] = useState('')
  const [answer, setAnswer] = useState<{ asked: string; found: Found | undefined }>()
  const erased = useStore($erased)
  const found = answer?.found?.id === erased ? undefined : answer?.found
  const submit = useSubmit(async () => {
    setAnswer(undefined)
    const { visitors } = await api('GET /projects/:project/visitors', {
      params: { project: project.id },
      query: { externalId },
    })
    setAnswer({ asked: externalId, found: visitors[0] })
  })
  return (
    <SettingGroup
      title="What is stored of a person"
      sentence="For when somebody asks what you keep of him, or wants it erased. If he wrote lately, the details of his conversation offer the same."
    >
      <SettingForm submit={submit} verb="Find" look="plain">
        <Field
          label="External id"
          name="externalId"
          value={externalId}
          onChange={setExternalId}
          maxLength={255}
          autoComplete="off"
          hint="The external_id with which your site signs this person in."
          isRequired
        />
      </SettingForm>
      <div role="status">{answer && (found ? <Person found={found} /> : <Nobody asked={answer.asked} />)}</div>
    </SettingGroup>
  )
}

function Person({ found }: { found: Found }) {
  const { project } = useProject()
  const now = useStore($now)
  const name = cleanName(found.name) ?? cleanName(found.email) ?? `Visitor ${found.id.slice(-4)}`
  return (
    <div className="cards">
      <div className="card card-member">
        <div className="card-main">
          <p className="card-title">
            <bdi>{name}</bdi>
          </p>
          <p className="card-line figures">
            {held(found).join(', ')}, last seen {ago(found.lastSeenAt, now)}
          </p>
        </div>
        <div className="card-acts">
          <PersonActs projectId={project.id} visitorId={found.id} name={name} />
        </div>
      </div>
    </div>
  )
}

function Nobody({ asked }: { asked: string }) {
  return (
    <p className="blank">
      <strong>Nobody is stored by this id</strong>
      <span>
        <bdi className="mono">{asked}</bdi> never came here, or has been erased. Capitals and spaces count.
      </span>
    </p>
  )
}
