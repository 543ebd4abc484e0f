import { useState } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components/Tabs'
import { Code } from '../../../parts/code.tsx'
import { keep, recall } from '../../../stores/kept.ts'
import { useHere } from '../../workspace-context.ts'
import { environment, samples } from './samples.ts'
import '../../../styles/tabs.css'

const chosenKey = 'signet:language'

interface SamplesViewProps {
  /** Known only while it is shown for the first and last time (SS3). */
  secret?: string
  /** The secret was copied; code alone does not count. */
  onCopied?: () => void
}

/** What to set on the server, and the code that signs, in the language that was chosen last. */
export function SamplesView({ secret, onCopied }: SamplesViewProps) {
  const { membership } = useHere()
  const [chosen, setChosen] = useState(() => samples.find(({ id }) => id === recall(chosenKey))?.id ?? samples[0].id)
  function choose(key: unknown) {
    setChosen(String(key))
    keep(chosenKey, String(key))
  }
  return (
    <>
      <Code
        label="Environment of your server"
        text={environment(membership.project.id, secret)}
        {...(onCopied && { onCopied })}
      />
      <Tabs className="tabs" selectedKey={chosen} onSelectionChange={choose}>
        <TabList className="tab-list" aria-label="Language">
          {samples.map(({ id, language }) => (
            <Tab key={id} id={id} className="tab">
              {language}
            </Tab>
          ))}
        </TabList>
        {samples.map(({ id, library, text }) => (
          <TabPanel key={id} id={id} className="tab-panel">
            <Code label={library} text={text.trimEnd()} />
          </TabPanel>
        ))}
      </Tabs>
    </>
  )
}
