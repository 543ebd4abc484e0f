import { type RefObject, useCallback, useEffect, useState } from 'react'
import type { Link } from '../../../../client/attachment-links.ts'
import { useHere } from '../../workspace-context.ts'

export interface Linked {
  link: Link | undefined
  /** It was not to be had. */
  failed: boolean
  ask: () => void
}

/** Where to fetch a file from; asked for when it is about to be seen, for it is good for some minutes only. */
export function useLink(attachment: string, near: RefObject<HTMLElement | null>): Linked {
  const { linkTo } = useHere().workspace
  const [link, setLink] = useState<Link>()
  const [failed, setFailed] = useState(false)
  const ask = useCallback(() => {
    setFailed(false)
    linkTo(attachment).then(setLink, () => setFailed(true))
  }, [linkTo, attachment])

  useEffect(() => {
    if (near.current === null) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return
        observer.disconnect()
        ask()
      },
      { rootMargin: '400px' },
    )
    observer.observe(near.current)
    return () => observer.disconnect()
  }, [near, ask])
  return { link, failed, ask }
}
