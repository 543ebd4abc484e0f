import { type ReactNode, useId } from 'react'

interface SettingGroupProps {
  title: string
  sentence: ReactNode
  action?: ReactNode
  children: ReactNode
}

/** A heading, one sentence, the control. */
export function SettingGroup({ title, sentence, action, children }: SettingGroupProps) {
  const id = useId()
  return (
    <section className="setting" aria-labelledby={id}>
      <header className="setting-head">
        <div>
          <h3 id={id}>{title}</h3>
          <p>{sentence}</p>
        </div>
        {action}
      </header>
      {children}
    </section>
  )
}
