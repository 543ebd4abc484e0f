import { useEffect, useState } from 'react'
import { Button, type ButtonProps } from './button.tsx'

const confirmedMs = 2_000

interface CopyButtonProps extends Omit<ButtonProps, 'children' | 'icon' | 'onPress'> {
  text: string
  label?: string
  onCopied?: () => void
}

/** Copies, and says so. */
export function CopyButton({ text, label = 'Copy', onCopied, ...rest }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'copied' | 'failed'>()
  useEffect(() => {
    if (outcome === undefined) return
    const timer = setTimeout(() => setOutcome(undefined), confirmedMs)
    return () => clearTimeout(timer)
  }, [outcome])
  async function copy() {
    const copied = await copyText(text)
    setOutcome(copied ? 'copied' : 'failed')
    if (copied) onCopied?.()
  }
  return (
    <Button {...rest} icon={outcome === 'copied' ? 'check' : 'copy'} onPress={copy}>
      <span aria-live="polite">{words(outcome, label)}</span>
    </Button>
  )
}

function words(outcome: 'copied' | 'failed' | undefined, label: string): string {
  if (outcome === 'copied') return 'Copied'
  return outcome === 'failed' ? 'Select it and copy' : label
}

/** The clipboard API is there over https and on localhost only; elsewhere a selection has to do. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyBySelection(text)
  }
}

function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea')
  area.value = text
  area.className = 'visually-hidden'
  const place = document.activeElement?.parentElement ?? document.body
  place.append(area)
  area.select()
  const copied = document.execCommand('copy')
  area.remove()
  return copied
}
