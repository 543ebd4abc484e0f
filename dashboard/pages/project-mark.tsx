import type { CSSProperties } from 'react'
import type { ProjectFace } from '../../protocol/records.ts'
import { initialsOf } from '../parts/clean-name.ts'
import { hueOf } from '../parts/hue.ts'

type Style = CSSProperties & Record<`--${string}`, string | number>

export function ProjectMark({ project: { id, name }, size = 32 }: { project: ProjectFace; size?: number }) {
  const style: Style = { '--hue': hueOf(id), '--size': `${size}px` }
  return (
    <span className="project-mark" style={style} title={name} aria-hidden="true">
      {initialsOf(name).slice(0, 1)}
    </span>
  )
}
