import { cleanFileName } from '../../../client/file-name.ts'
import type { Attachment } from '../../../protocol/records.ts'
import { save } from '../more/save.ts'
import type { Hands } from './hands.ts'
import { fetchBytes } from './pictures.ts'

export function isImage({ type }: { type: string }): boolean {
  return type.startsWith('image/')
}

/** Images in a tab of their own, everything else into the folder of downloads. The link is a fresh one. */
export async function openFile({ linkTo }: Hands, attachment: Attachment): Promise<void> {
  // Now: once the server has answered, browsers take the new tab for an advertisement.
  const tab = isImage(attachment) ? window.open('', '_blank') : null
  try {
    const { url } = await linkTo(attachment.id)
    if (tab) {
      tab.opener = null
      tab.location.replace(url)
    } else {
      // As bytes without a meaning: an address of the page's own must never be something that runs.
      const bytes = new Blob([await fetchBytes(url)], { type: 'application/octet-stream' })
      save(bytes, cleanFileName(attachment.name))
    }
  } catch (error) {
    tab?.close()
    throw error
  }
}
