import { Dialog } from '../../parts/dialog.tsx'
import '../../styles/keys.css'

const keys = [
  [['J', '↓'], 'Next conversation'],
  [['K', '↑'], 'Previous conversation'],
  [['/'], 'Search'],
  [['R'], 'Reply'],
  [['N'], 'Write a note'],
  [['E'], 'Resolve, or open again'],
  [['Enter'], 'Send'],
  [['Shift + Enter'], 'New line'],
  [['Esc'], 'Leave the composer, then the conversation'],
  [['?'], 'Show these keys'],
] as const

export function KeysDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog title="Keys" isOpen={isOpen} onClose={onClose}>
      <dl className="keys">
        {keys.map(([names, does]) => (
          <div key={does}>
            <dt>{does}</dt>
            <dd>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
