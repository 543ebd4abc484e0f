import { useRef } from 'react'
import { IconButton } from '../../../parts/button.tsx'

const taken = '.png,.jpg,.jpeg,.webp,.gif,.pdf,.txt,.log,.csv,.md,image/png,image/jpeg,image/webp,image/gif,text/plain'

/** What the browser offers to choose from is a hint; what a file is, its bytes tell the server. */
export function AddButton({ onChoose }: { onChoose: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={`${taken},application/pdf`}
        onChange={({ currentTarget }) => {
          onChoose([...(currentTarget.files ?? [])])
          // The same file once more is another choice.
          currentTarget.value = ''
        }}
      />
      <IconButton icon="clip" label="Add files" onPress={() => input.current?.click()} />
    </>
  )
}
