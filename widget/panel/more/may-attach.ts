import type { Settings } from '../../settings.ts'

/** Either of the names that pages know takes it away. */
export function mayAttach({ showAttachmentButton, showAttachmentFooterButton }: Settings): boolean {
  return showAttachmentButton && showAttachmentFooterButton
}

/** What the server takes. Named one by one, because phones turn their own kinds into these then. */
const taken = 'image/png,image/jpeg,image/webp,image/gif,application/pdf,text/plain'

export function acceptOf({ fileUploadAccept }: Settings): string {
  return fileUploadAccept || taken
}

/** Does the page want this one? What is pasted or dropped asks no field. What the bytes are is the server's to say. */
export function isAccepted({ name, type }: Pick<File, 'name' | 'type'>, { fileUploadAccept }: Settings): boolean {
  const wanted = fileUploadAccept
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
  const kind = type.toLowerCase()
  const fits = (one: string) =>
    one.startsWith('.')
      ? name.toLowerCase().endsWith(one)
      : one === kind || /^\*(\/\*)?$/.test(one) || (one.endsWith('/*') && kind.startsWith(one.slice(0, -1)))
  return !wanted.length || wanted.some(fits)
}

/** Was the message refused because of its files? */
export function isOfFiles(code: string): boolean {
  return /^(attachment_|image_|file_lost|too_many_attachments)/.test(code)
}

/** The same file will be refused again. */
export function isHopeless(code: string): boolean {
  return /^(attachment_(too_large|empty|type|not_found)|image_|file_lost|too_many_attachments)/.test(code)
}
