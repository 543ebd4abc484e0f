/** Pages by their addresses, a line each, as a field holds them. */
import { FieldComplaint } from '../../../parts/complaints.ts'

const most = 50

export function pagesIn(text: string, field: string): string[] | undefined {
  const pages = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const wrong = pages.find((page) => !/^(\/|https?:\/\/|\*)\S*$/.test(page) || page.length > 500)
  if (wrong !== undefined)
    throw new FieldComplaint(field, `“${wrong.slice(0, 60)}” begins with neither / nor https://.`)
  if (pages.length > most) throw new FieldComplaint(field, `At most ${most} pages. These are ${pages.length}.`)
  return pages.length === 0 ? undefined : pages
}
