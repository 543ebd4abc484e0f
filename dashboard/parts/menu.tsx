import type { ReactElement, ReactNode } from 'react'
import { Menu as AriaMenu, MenuItem, type MenuItemProps, MenuTrigger } from 'react-aria-components/Menu'
import { Popover, type PopoverProps } from 'react-aria-components/Popover'
import { Icon, type IconName } from './icon.tsx'
import '../styles/menu.css'

interface MenuProps {
  label: string
  /** The button that opens it. */
  trigger: ReactElement
  placement?: NonNullable<PopoverProps['placement']>
  children: ReactNode
}

export function Menu({ label, trigger, placement = 'bottom end', children }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className="popover" placement={placement} offset={4}>
        <AriaMenu className="menu" aria-label={label}>
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}

interface ItemProps extends Omit<MenuItemProps, 'children' | 'className' | 'style' | 'textValue'> {
  text: string
  icon?: IconName
  /** In place of the icon. */
  face?: ReactNode
  chosen?: boolean
  hint?: string
  danger?: boolean
}

export function Item({ text, icon, face, chosen, hint, danger, ...rest }: ItemProps) {
  return (
    <MenuItem {...rest} textValue={text} className={danger ? 'menu-item menu-item-danger' : 'menu-item'}>
      {face ?? (icon && <Icon name={icon} size={16} />)}
      <span className="menu-item-text">
        <bdi>{text}</bdi>
        {chosen && <span className="visually-hidden">, chosen</span>}
      </span>
      {hint && <kbd>{hint}</kbd>}
      {chosen && <Icon name="check" size={16} />}
    </MenuItem>
  )
}
