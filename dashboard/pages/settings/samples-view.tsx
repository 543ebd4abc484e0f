import { useState } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components/Tabs'
import { Code } from '../../parts/code.tsx'
import { keep, recall } from '../../stores/kept.ts'
import { samples } from './samples.ts'
import '../../styles/tabs.css'

const chosenKey = 'signet:language'

interface SamplesViewProps {
  secret: string
  onCopied?: () => void
}

/** The code that signs, in the language that was chosen last. */
export function SamplesView({ secret, onCopied }: SamplesViewProps) {
  const [chosen, setChosen] = useState(() => samples.find(({ id }) => id === recall(chosenKey))?.id ?? samples[0].id)
  function choose(key: unknown) {
    setChosen(String(key))
    keep(chosenKey, String(key))
  }
  return (
    <Tabs className="tabs" selectedKey={chosen} onSelectionChange={choose}>
      <TabList className="tab-list" aria-label="Language">
        {samples.map(({ id, language }) => (
          <Tab key={id} id={id} className="tab">
            {language}
          </Tab>
        ))}
      </TabList>
      {samples.map(({ id, library, code }) => (
        <TabPanel key={id} id={id} className="tab-panel">
          <Code label={library} text={code(secret)} {...(onCopied && { onCopied })} />
        </TabPanel>
      ))}
    </Tabs>
  )
}
