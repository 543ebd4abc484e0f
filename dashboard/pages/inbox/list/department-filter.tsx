import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Choice } from '../../../parts/choice.tsx'
import type { View } from '../../../stores/view.ts'
import { departmentsQuery } from '../../departments-query.ts'
import { useHere } from '../../workspace-context.ts'

interface DepartmentFilterProps {
  view: View
  onChange: (view: View) => void
}

const any = 'any'

/** One department's conversations alone, where the project has several. */
export function DepartmentFilter({ view, onChange }: DepartmentFilterProps) {
  const { workspace } = useHere()
  const { data } = useQuery(departmentsQuery(workspace.projectId))
  const { department, ...others } = view
  const isGone = department !== undefined && data !== undefined && !data.departments.some(({ id }) => id === department)
  // It was remembered, and has been deleted since, or is another project's.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once it is known to be gone
  useEffect(() => {
    if (isGone) onChange(others)
  }, [isGone])
  if (data === undefined || data.departments.length === 0) return null
  const options = [
    { value: any, text: 'All departments' },
    ...data.departments.map(({ id, name }) => ({ value: id, text: name })),
  ]
  return (
    <div className="filters-department">
      <Choice
        label="Department"
        labelHidden
        options={options}
        value={department ?? any}
        onChange={(value) => onChange(value === any ? others : { ...others, department: value })}
      />
    </div>
  )
}
