/** @jsxImportSource preact */
import type { Settings } from '../../settings.ts'
import { useSurroundings } from '../app.tsx'
import { useWords } from './words.ts'

/** Other places where the site answers, if the page names any. */
export function OtherWays() {
  const { core } = useSurroundings()
  const words = useWords()
  const ways = waysOf(core.settings)
  if (!ways.length) return null
  return (
    <p class="other-ways">
      {words.otherWays}{' '}
      {ways.map(([name, href]) => (
        <a key={name} href={href} target="_blank" rel="noopener noreferrer nofollow">
          {name}
        </a>
      ))}
    </p>
  )
}

function waysOf({ whatsappNumber, telegramUsername, messangerPageTitle }: Settings): [name: string, href: string][] {
  const ways: [string, string, string][] = [
    ['WhatsApp', 'https://wa.me/', whatsappNumber.replace(/\D/g, '')],
    ['Telegram', 'https://t.me/', telegramUsername.replace(/^@/, '')],
    ['Messenger', 'https://m.me/', messangerPageTitle],
  ]
  return ways.filter(([, , whom]) => whom).map(([name, at, whom]) => [name, at + encodeURIComponent(whom)])
}
