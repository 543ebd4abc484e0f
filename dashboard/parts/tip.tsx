import type { ReactElement } from 'react'
import { Tooltip, TooltipTrigger } from 'react-aria-components/Tooltip'
import '../styles/tip.css'

interface TipProps {
  text: string
  hint?: string
  placement?: 'top' | 'bottom' | 'right' | 'left'
  /** Something that can be focused. */
  children: ReactElement
}

export function Tip({ text, hint, placement = 'bottom', children }: TipProps) {
  return (
    <TooltipTrigger delay={400} closeDelay={0}>
      {children}
      <Tooltip className="tip" placement={placement} offset={6}>
        {text}
        {hint && <kbd>{hint}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  )
}
