import { CopyButton } from './copy-button.tsx'
import '../styles/code.css'

interface CodeProps {
  label: string
  text: string
  onCopied?: () => void
}

/** A sample to take away. */
export function Code({ label, text, onCopied }: CodeProps) {
  return (
    <figure className="code">
      <figcaption className="code-head">
        <span>{label}</span>
        <CopyButton
          text={text}
          look="quiet"
          size="small"
          aria-label={`Copy ${label}`}
          {...(onCopied && { onCopied })}
        />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0} dir="ltr">
        <code>{text}</code>
      </pre>
    </figure>
  )
}
