import type { ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button'
import { Icon, type IconName } from './icon.tsx'
import { Tip } from './tip.tsx'
import '../styles/button.css'

export interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style' | 'isPending'> {
  look?: 'primary' | 'plain' | 'quiet' | 'danger' | 'link'
  size?: 'small' | 'medium' | 'large'
  icon?: IconName
  wide?: boolean
  /** What it does is under way. Whoever takes its press guards against a second one. */
  busy?: boolean
  children: ReactNode
}

export function Button({ look = 'plain', size = 'medium', icon, wide, busy, children, ...rest }: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      className={`button button-${look} button-${size}${wide ? ' button-wide' : ''}`}
      {...(busy && { 'data-busy': true })}
    >
      {icon && <Icon name={icon} size={16} />}
      <span className="button-label">{children}</span>
    </AriaButton>
  )
}

export interface IconButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style' | 'aria-label'> {
  icon: IconName
  label: string
  /** The key that does the same. */
  hint?: string
  pressed?: boolean
}

export function IconButton({ icon, label, hint, pressed, ...rest }: IconButtonProps) {
  return (
    <Tip text={label} {...(hint && { hint })}>
      <AriaButton
        {...rest}
        aria-label={label}
        className="icon-button"
        {...(pressed !== undefined && { 'aria-pressed': pressed })}
      >
        <Icon name={icon} />
      </AriaButton>
    </Tip>
  )
}
