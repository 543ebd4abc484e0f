import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../../parts/button.tsx'
import { departmentsQuery } from '../../departments-query.ts'
import { Loaded } from '../loaded.tsx'
import { SettingGroup } from '../setting-group.tsx'
import { useProject } from '../use-project.ts'
import { DepartmentCard } from './department-card.tsx'
import { DepartmentDialog } from './department-dialog.tsx'

export function Departments() {
  const { project } = useProject()
  const query = useQuery(departmentsQuery(project.id))
  const [asking, setAsking] = useState(false)
  return (
    <SettingGroup
      title="Who answers what"
      sentence="Visitors choose a department when there are several. Its agents see all of its conversations, also those that a colleague has."
      action={
        <Button look="primary" icon="plus" isDisabled={query.data === undefined} onPress={() => setAsking(true)}>
          Add
        </Button>
      }
    >
      <Loaded query={query} height={96}>
        {({ departments }) =>
          departments.length === 0 ? (
            <p className="blank">
              <strong>No department yet</strong>
              Everybody answers everything. Add departments when orders and returns are not the same people.
            </p>
          ) : (
            <ul className="cards" aria-label="Departments">
              {departments.map((department) => (
                <DepartmentCard key={department.id} department={department} projectId={project.id} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {asking && <DepartmentDialog projectId={project.id} onClose={() => setAsking(false)} />}
    </SettingGroup>
  )
}
