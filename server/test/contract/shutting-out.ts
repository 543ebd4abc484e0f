import { beforeEach, describe, expect, test } from 'vitest'
import { hashPassword } from '../../../identity/password.ts'
import { createSessionToken } from '../../../identity/session-token.ts'
import { MasterKey } from '../../keys/master-key.ts'
import { checkPassword } from '../../model/agent/agent.ts'
import { invite } from '../../model/agent/invitation.ts'
import { changeRole, removeMember } from '../../model/agent/membership-change.ts'
import { resetPassword } from '../../model/agent/password-reset.ts'
import { openAgentSession } from '../../model/agent/session.ts'
import type { Member } from '../../model/caller.ts'
import { newId } from '../../model/id.ts'
import { hour } from '../clock.ts'
import { codeOf, type OpenDatabase, upTo, World } from './world.ts'

/** Who was let in a moment ago, and acts while he is being shut out. */
export function shuttingOutContract(open: OpenDatabase): void {
  describe('who acts while he is shut out', () => {
    let world: World
    let admin: Member
    let owner: Member

    beforeEach(async () => {
      const opened = await open()
      world = await World.make(opened.database)
      admin = await world.member('admin')
      owner = await world.member('owner')
      return () => opened.close()
    })

    const inviting = (count: number, role: 'agent' | 'owner', actor: Member) =>
      upTo(count).map(() => {
        const model = { ...world, masterKey: new MasterKey([new Uint8Array(32)]) }
        const invited = { email: `${newId()}@example.com`, role }
        return codeOf(invite(model, { ...actor, name: 'Ada' }, invited, '127.0.0.1'))
      })
    const openInvitations = () => world.database.rows('select id from invitations where accepted_at is null', [])

    test('[SS10] leaves no invitation behind when he is removed', async () => {
      const removed = removeMember(world, owner, admin.agentId, '127.0.0.1')
      await Promise.all([...inviting(5, 'agent', admin), removed, ...inviting(20, 'agent', admin)])
      expect(await openInvitations()).toEqual([])
      expect(await Promise.all(inviting(1, 'agent', admin))).toEqual(['not_found project'])
    })

    test('[SS10] leaves none behind that his new role does not allow', async () => {
      const demoted = changeRole(world, owner, admin.agentId, 'agent', '127.0.0.1')
      await Promise.all([...inviting(5, 'agent', admin), demoted, ...inviting(20, 'agent', admin)])
      expect(await openInvitations()).toEqual([])
      expect(await Promise.all(inviting(1, 'agent', admin))).toEqual(['forbidden'])
    })

    test('[SS10] changes nobody any more once his own role is less', async () => {
      const [other, another] = [await world.member('agent'), await world.member('agent')]
      const from = '127.0.0.1'
      await removeMember(world, owner, admin.agentId, from)
      expect(await codeOf(changeRole(world, admin, other.agentId, 'admin', from))).toBe('not_found project')
      const founder: Member = { ...owner, agentId: world.ownerId }
      await changeRole(world, founder, owner.agentId, 'admin', from)
      expect(await codeOf(removeMember(world, owner, world.ownerId, from))).toBe('forbidden')
      expect(await codeOf(changeRole(world, owner, another.agentId, 'owner', from))).toBe('forbidden')
    })

    test('[ML2] has no session by the old password once a new one is set', async () => {
      const email = `${newId()}@example.com`
      const [id, { token, hash }] = [newId(), createSessionToken()]
      const [at, until] = [world.now(), world.now() + hour]
      const agent = { id, name: 'Ada', email, email_key: email, password_hash: await hashPassword('an old password') }
      const reset = { id: newId(), agent_id: id, token_hash: hash, created_at: at, expires_at: until }
      await world.database.transaction(async (tx) => {
        await tx.query
          .insertInto('agents')
          .values({ ...agent, created_at: at })
          .execute()
        await tx.query.insertInto('password_resets').values(reset).execute()
      })
      const proven = await checkPassword(world, email, 'an old password')
      const loggingIn = upTo(5).map(() => codeOf(openAgentSession(world, proven)))
      await Promise.all([...loggingIn, resetPassword(world, token, 'a new password')])
      expect(await codeOf(openAgentSession(world, proven))).toBe('wrong_credentials')
      expect(await world.database.rows('select id from agent_sessions where agent_id = ?', [id])).toEqual([])
    })
  })
}
