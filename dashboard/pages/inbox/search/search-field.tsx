import type { RefObject } from 'react'
import { IconButton } from '../../../parts/button.tsx'
import { Icon } from '../../../parts/icon.tsx'
import '../../../styles/search.css'

/** What the server takes. */
const longest = 200

interface SearchFieldProps {
  text: string
  onChange: (text: string) => void
  field: RefObject<HTMLInputElement | null>
}

export function SearchField({ text, onChange, field }: SearchFieldProps) {
  function clear() {
    onChange('')
    field.current?.focus()
  }
  return (
    <search className="search">
      <Icon name="search" size={16} />
      <input
        ref={field}
        className="search-field"
        type="search"
        aria-label="Search people and messages"
        placeholder="Search people and messages"
        maxLength={longest}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          if (text === '') event.currentTarget.blur()
          else onChange('')
        }}
      />
      {text === '' ? (
        <span className="search-key" aria-hidden="true">
          /
        </span>
      ) : (
        <IconButton icon="close" label="Clear the search" onPress={clear} />
      )}
    </search>
  )
}
