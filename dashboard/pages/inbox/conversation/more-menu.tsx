import { Suspense, useRef, useState } from 'react'
import type { Conversation } from '../../../../protocol/records.ts'
import { IconButton } from '../../../parts/button.tsx'
import { download } from '../../../parts/download.ts'
import { Item, Menu } from '../../../parts/menu.tsx'
import { api, sentenceFor } from '../../../stores/api.ts'
import { toast } from '../../../stores/toasts.ts'
import { BanDialog } from './ban.tsx'
import { exportConversation } from './export.ts'
import type { Change } from './use-change.ts'

/** What is done to a conversation now and then. */
interface MoreMenuProps {
  conversation: Conversation
  setState: Change['setState']
}

export function MoreMenu({ conversation: { id, state, visitor }, setState }: MoreMenuProps) {
  const [banning, setBanning] = useState(false)
  const exporting = useRef(false)

  async function exportAll() {
    if (exporting.current) return
    exporting.current = true
    try {
      download(`conversation-${id}.json`, await exportConversation(api, id))
    } catch (error) {
      toast(`Not exported. ${sentenceFor(error)}`, { tone: 'bad' })
    } finally {
      exporting.current = false
    }
  }

  return (
    <>
      <Menu label="More" trigger={<IconButton icon="more" label="More" />}>
        {state === 'open' && <Item text="Snooze" icon="clock" onAction={() => setState('snoozed')} />}
        {state === 'snoozed' && <Item text="Wake up" icon="reopen" onAction={() => setState('open')} />}
        <Item text="Export as JSON" icon="download" onAction={() => void exportAll()} />
        {!visitor.banned && <Item text="Ban…" icon="ban" danger onAction={() => setBanning(true)} />}
      </Menu>
      <Suspense>{banning && <BanDialog visitor={visitor} onClose={() => setBanning(false)} />}</Suspense>
    </>
  )
}
