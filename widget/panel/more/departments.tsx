/** @jsxImportSource preact */
import { useState } from 'preact/hooks'
import { useSurroundings } from '../app.tsx'
import { useArrival } from './arrival.ts'
import { departmentsFor } from './departments-for.ts'
import { useWords } from './words.ts'

/** Whom a new conversation is for. */
export function Departments() {
  const { core, chat } = useSurroundings()
  const words = useWords()
  const place = useArrival<HTMLDivElement>('button')
  const [departments] = useState(() => departmentsFor(core))
  return (
    <div ref={place} class="screen departments" tabIndex={-1}>
      <h2>{words.chooseDepartment}</h2>
      <ul>
        {departments.map(({ id, name }) => (
          <li key={id}>
            <button type="button" class="card" dir="auto" onClick={() => chat.department.set(id)}>
              {name}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
