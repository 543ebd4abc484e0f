import { useStore } from '@nanostores/react'
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components/Tabs'
import { maxTextLength } from '../../../../protocol/limits.ts'
import type { Conversation } from '../../../../protocol/records.ts'
import { IconButton } from '../../../parts/button.tsx'
import { Icon } from '../../../parts/icon.tsx'
import { visitorName } from '../../../parts/standing.ts'
import { draftOf, keepDraft, type Mode, modes, placeOf } from '../../../stores/drafts.ts'
import { useHere } from '../../workspace-context.ts'
import { AddButton } from '../files/add-button.tsx'
import { useChoosing } from '../files/use-choosing.ts'
import { GrowingText } from './growing-text.tsx'
import '../../../styles/composer.css'

const ChosenFiles = lazy(async () => ({ default: (await import('../files/chosen-files.tsx')).ChosenFiles }))

interface ComposerProps {
  conversation: Conversation
  mode: Mode
  onMode: (mode: Mode) => void
  /** Counts up whenever somebody asks to write. */
  onSent: () => void
  focusAsked: number
}

export function Composer({ conversation, mode, onMode, onSent, focusAsked }: ComposerProps) {
  return (
    <Tabs
      className="composer"
      data-mode={mode}
      selectedKey={mode}
      onSelectionChange={(key) => onMode(key === 'note' ? 'note' : 'reply')}
    >
      <TabList className="composer-tabs" aria-label="What you write">
        <Tab id="reply" className="composer-tab">
          Reply
        </Tab>
        <Tab id="note" className="composer-tab">
          <Icon name="lock" size={12} />
          Note
        </Tab>
      </TabList>
      {modes.map((each) => (
        <TabPanel key={each} id={each} className="composer-panel">
          <Writing conversation={conversation} mode={each} onSent={onSent} focusAsked={focusAsked} />
        </TabPanel>
      ))}
    </Tabs>
  )
}

const typingEveryMs = 3_000
const countFrom = maxTextLength - 500

function Writing({ conversation, mode, onSent, focusAsked }: Omit<ComposerProps, 'onMode'>) {
  const { id, visitor } = conversation
  const { agent, outbox, uploads, sayTyping } = useHere().workspace
  const place = placeOf(id, mode)
  const files = useStore(uploads.files).filter((file) => file.place === place)
  const choose = useChoosing(id, mode)
  const [text, setText] = useState(() => draftOf(agent.id, id, mode))
  const lastTyping = useRef(0)
  const field = useRef<HTMLTextAreaElement>(null)
  const hasFiles = files.some(({ failure }) => failure === undefined)
  const sendable = (text.trim() !== '' || hasFiles) && text.length <= maxTextLength

  useEffect(() => {
    if (focusAsked > 0) field.current?.focus()
  }, [focusAsked])

  const write = useCallback(
    (next: string) => {
      setText(next)
      keepDraft(agent.id, id, mode, next)
      const now = Date.now()
      if (mode === 'note' || next === '' || now - lastTyping.current < typingEveryMs) return
      lastTyping.current = now
      sayTyping(id)
    },
    [agent.id, id, mode, sayTyping],
  )

  function chooseAndWrite(files: readonly File[]) {
    choose(files)
    field.current?.focus()
  }

  function send() {
    if (!sendable) return
    outbox.add({
      conversationId: id,
      text: text.trim(),
      ...(hasFiles && { attachments: uploads.sendable(place) }),
      ...(mode === 'note' && { kind: 'note' as const }),
    })
    onSent()
    lastTyping.current = 0
    write('')
    field.current?.focus()
  }

  const name = shortened(visitorName(visitor))
  return (
    <>
      {files.length > 0 && (
        <Suspense fallback={null}>
          <ChosenFiles files={files} onRemoved={() => field.current?.focus()} />
        </Suspense>
      )}
      <GrowingText
        ref={field}
        value={text}
        onChange={write}
        onSend={send}
        onFiles={choose}
        label={mode === 'reply' ? `Reply to ${name}` : 'Note for your team'}
        placeholder={mode === 'reply' ? `Reply to ${name}` : 'Only your team sees this'}
      />
      <div className="composer-foot">
        <AddButton onChoose={chooseAndWrite} />
        <Remaining length={text.length} />
        <span className="composer-send">
          <IconButton
            icon="send"
            label={mode === 'reply' ? 'Send' : 'Add note'}
            hint="Enter"
            isDisabled={!sendable}
            onPress={send}
          />
        </span>
      </div>
    </>
  )
}

const longestName = 40

function shortened(name: string): string {
  const letters = [...name]
  return letters.length > longestName ? `${letters.slice(0, longestName).join('')}…` : name
}

function Remaining({ length }: { length: number }) {
  if (length < countFrom) return <span className="composer-hint">Enter sends, Shift + Enter makes a new line</span>
  const over = length - maxTextLength
  return (
    <span className="composer-count figures" role="status" data-over={over > 0 || undefined}>
      {over > 0 ? `${over.toLocaleString('en')} characters too long` : `${-over} characters left`}
    </span>
  )
}
