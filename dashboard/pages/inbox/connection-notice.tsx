import { useStore } from '@nanostores/react'
import { useEffect, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { useHere } from '../workspace-context.ts'

const patienceMs = 3_000

/** Says that the wire is cut, once it has been for a while; stands in the flow and covers nothing. */
export function ConnectionNotice() {
  const { connection, reconnectNow } = useHere().workspace
  const cut = useStore(connection) !== 'open'
  const [said, setSaid] = useState(false)
  useEffect(() => {
    if (!cut) return setSaid(false)
    const timer = setTimeout(() => setSaid(true), patienceMs)
    return () => clearTimeout(timer)
  }, [cut])
  if (!cut || !said) return null
  return (
    <div className="notice" role="status">
      <Icon name="offline" size={16} />
      <span>Reconnecting… What you write is kept.</span>
      <Button look="link" onPress={reconnectNow}>
        Try now
      </Button>
    </div>
  )
}
