import { useStore } from '@nanostores/react'
import { $toasts, dismiss, type Toast } from '../stores/toasts.ts'
import { Button, IconButton } from './button.tsx'
import '../styles/toasts.css'

/** What came of an action, said without getting in the way. */
export function Toasts() {
  const toasts = useStore($toasts)
  return (
    <section className="toasts" aria-label="What has just happened" aria-live="polite" aria-relevant="additions">
      {toasts.map((toast) => (
        <OneToast key={toast.id} toast={toast} />
      ))}
    </section>
  )
}

function OneToast({ toast: { id, text, tone, action } }: { toast: Toast }) {
  function act() {
    action?.run()
    dismiss(id)
  }
  return (
    <div className="toast" data-tone={tone}>
      <p>{text}</p>
      {action && (
        <Button look="link" onPress={act}>
          {action.label}
        </Button>
      )}
      <IconButton icon="close" label="Dismiss" onPress={() => dismiss(id)} />
    </div>
  )
}
