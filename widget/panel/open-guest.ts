import { backOff } from '../../client/back-off.ts'
import type { Core } from '../core.ts'
import { isPassing } from '../server.ts'
import type { Guest } from '../who.ts'

/** A guest has begun to write: now, and not before, the server learns of him (WG3). */
export function createGuestOpener(core: Core): () => void {
  let opening: string | undefined

  async function open(failures = 0): Promise<void> {
    const guest = unopened(core)
    if (!guest) return
    try {
      await inTurn(() => openSession(core, guest))
    } catch (error) {
      if (isPassing(error)) {
        await new Promise((resolve) => setTimeout(resolve, error.retryAfterMs ?? 500 + backOff(failures, Math.random)))
        return open(failures + 1)
      }
      core.events.report(error)
      core.session.ended(error)
    }
  }

  return () => {
    const owner = unopened(core)?.owner
    if (!owner || opening === owner) return
    opening = owner
    void open().finally(() => {
      opening = undefined
    })
  }
}

async function openSession(core: Core, guest: Guest): Promise<void> {
  const { settings, session } = core
  const kept = session.mine()
  // Another tab was quicker.
  if (kept?.session && kept.owner === guest.owner) return session.learned(kept)
  const claims = claimsOf(settings.userFullname, settings.userEmail)
  const answer = await core.call('POST /projects/:project/visitor-sessions', {
    params: { project: settings.projectid },
    body: { claims },
  })
  if (session.who.get() === guest) session.learned({ ...guest, session: answer.session, visitor: answer.visitor })
}

function unopened({ session }: Core): Guest | undefined {
  const who = session.who.get()
  return who.state === 'guest' && !who.session ? who : undefined
}

function claimsOf(name: string, email: string): { name?: string; email?: string } {
  return { ...(name && { name: name.slice(0, 255) }), ...(email && { email: email.slice(0, 255) }) }
}

/** Tabs that begin at the same moment must not make two visitors of one. */
async function inTurn(task: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return task()
  await navigator.locks.request('signet-guest', task)
}
