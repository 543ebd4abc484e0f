/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks'
import { useSurroundings } from './app.tsx'
import { useAtom } from './use-atom.ts'
import { useLater } from './use-later.ts'

/** One quiet line when the connection has been away for a while, and one when it is back. It never covers the text. */
export function LinkState() {
  const { chat, texts } = useSurroundings()
  const link = useAtom(chat.link)
  const isOffline = useOffline()
  const isAway = useLater(link === 'waiting' || link === 'connecting', 3_000)
  const wasAway = useRef(false)
  wasAway.current ||= isOffline || isAway
  const isBack = wasAway.current && !isOffline && link === 'open'
  const isOld = useLater(isBack, 5_000)
  return (
    <p class="link-state" role="status">
      {isOffline ? texts.offline : isAway ? texts.reconnecting : isBack && !isOld ? texts.connected : ''}
    </p>
  )
}

function useOffline(): boolean {
  const [isOffline, setOffline] = useState(!navigator.onLine)
  useEffect(() => {
    const look = () => setOffline(!navigator.onLine)
    addEventListener('online', look)
    addEventListener('offline', look)
    return () => {
      removeEventListener('online', look)
      removeEventListener('offline', look)
    }
  }, [])
  return isOffline
}
