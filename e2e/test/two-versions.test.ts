/**
 * A new version is brought in beside the one before: for a while both are there, over one database. Whoever is on the
 * one and whoever is on the other must not notice, be they with the clients of the one or of the other.
 */
import jwt from 'jsonwebtoken'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApi } from '../../client/api.ts'
import { Agent } from '../../scripts/demo/agent.ts'
import { redisMissing } from '../../server/test/cluster/redis.ts'
import { until } from '../../server/test/cluster/until.ts'
import { Cluster, type ClusterNode } from '../cluster.ts'
import { Crowd } from '../crowd.ts'
import { expectAllHeard, expectAllStored, storedInTheEnd } from '../crowd-check.ts'
import { Owner, ownerAccount } from '../owner.ts'
import { Previous, previousMissing } from '../previous.ts'
import { Talker } from '../talker.ts'

const noor = { name: 'Noor Visser', email: 'noor@example.com', password: 'staple correct horse' }
const patienceMs = 30_000

describe.skipIf(redisMissing || previousMissing)('a version beside the one before', () => {
  let previous: Previous
  let cluster: Cluster
  let owner: Owner
  let project: string
  let before: ClusterNode
  let now: ClusterNode
  const talkers: Talker[] = []

  beforeAll(async () => {
    previous = new Previous()
    cluster = await Cluster.start(2, previous.folder)
    owner = await Owner.setUp(cluster.url)
    project = owner.project
    await owner.addAgent(noor)
    ;[before, now] = cluster.nodes as [ClusterNode, ClusterNode]
    await now.stop()
    await now.start()
  })
  afterAll(async () => {
    for (const talker of talkers) talker.stop()
    await cluster?.stop()
    previous?.remove()
  })

  async function join(node: ClusterNode, hello: { session?: string }, agent?: Agent): Promise<Talker> {
    const api = agent?.api ?? createApi({ baseUrl: node.url, session: () => hello.session })
    const talker = new Talker({
      url: node.url,
      hello: { project, ...hello },
      api,
      ...(agent && { headers: { ...agent.headers, origin: node.url } }),
    })
    talkers.push(talker)
    talker.start()
    await until(() => talker.isOpen, patienceMs)
    return talker
  }

  /** A guest who is in one tab on the one version, and in one on the other. */
  async function guest(): Promise<{ tabs: Talker[]; session: string }> {
    const anybody = createApi({ baseUrl: before.url, session: () => undefined })
    const { session } = await anybody('POST /projects/:project/visitor-sessions', { params: { project }, body: {} })
    return { tabs: await Promise.all([before, now].map((node) => join(node, { session }))), session }
  }

  async function agentOn(node: ClusterNode, { email, password } = ownerAccount) {
    const agent = new Agent(node.url)
    await agent.api('POST /agent-session', { body: { email, password } })
    return { api: agent.api, agent, talker: await join(node, {}, agent) }
  }

  const textsOf = ({ heard }: Talker) => heard.map(({ text }) => text)
  const hears = (talker: Talker, ...texts: string[]) =>
    until(() => texts.every((text) => textsOf(talker).includes(text)), patienceMs)
  const isTold = (talker: Talker, kind: 'gone' | 'conversation', conversation: string) =>
    until(() => {
      const last = talker.frames.findLast(
        (frame) =>
          (frame.type === 'gone' && frame.conversationId === conversation) ||
          (frame.type === 'conversation' && frame.conversation.id === conversation),
      )
      return last?.type === kind
    }, patienceMs)

  /** Said by a new guest; gives the conversation. */
  async function begin(text: string, tab = 0): Promise<string> {
    const { tabs } = await guest()
    tabs[tab]?.write(text, null)
    await Promise.all(tabs.map((each) => hears(each, text)))
    return tabs[0]?.heard[0]?.conversationId ?? ''
  }

  test('[DL9] what is written on either is heard once on both, in one order', async () => {
    const { tabs } = await guest()
    const [onBefore, onNow] = tabs
    const agents = await Promise.all([agentOn(before), agentOn(now)])
    onBefore?.write('from before', null)
    const everybody = [...tabs, ...agents.map(({ talker }) => talker)]
    await Promise.all(everybody.map((each) => hears(each, 'from before')))
    const conversation = onBefore?.heard[0]?.conversationId ?? ''
    const texts = ['from before']
    for (const [index, { talker, agent }] of agents.entries()) {
      onNow?.write(`guest ${index}`, conversation)
      talker.write(`agent ${index}`, conversation)
      await agent.write(conversation, `over HTTP ${index}`)
      texts.push(`guest ${index}`, `agent ${index}`, `over HTTP ${index}`)
    }
    await Promise.all(everybody.map((each) => hears(each, ...texts)))
    const stored = await owner.messagesOf(conversation)
    expect(stored.toSorted()).toEqual(texts.toSorted())
    for (const tab of tabs) expect(tab.rows(conversation).filter((text) => texts.includes(text))).toEqual(stored)
  })

  test('[AG7] who takes a conversation on the one takes it from the agents on the other, and gives it back', async () => {
    const [ada, adaBefore] = [await agentOn(now), await agentOn(before)]
    const [onBefore, onNow] = [await agentOn(before, noor), await agentOn(now, noor)]
    const conversation = await begin('Whose am I?')
    const params = { conversation }
    for (const one of [onBefore, onNow]) await hears(one.talker, 'Whose am I?')
    for (const from of [ada, adaBefore]) {
      await from.api('PATCH /conversations/:conversation', { params, body: { assigneeId: owner.id } })
      for (const one of [onBefore, onNow]) await isTold(one.talker, 'gone', conversation)
      await from.api('PATCH /conversations/:conversation', { params, body: { assigneeId: null } })
      for (const one of [onBefore, onNow]) await isTold(one.talker, 'conversation', conversation)
    }
  })

  test('[AG7] a department of the one is one on the other: its conversations, and who is in it', async () => {
    const [ada, adaBefore] = [await agentOn(now), await agentOn(before)]
    const makers = [ada, adaBefore]
    for (const [index, maker] of makers.entries()) {
      const body = { name: `Department ${index}` }
      const made = await maker.api('POST /projects/:project/departments', { params: { project }, body })
      const other = makers[1 - index] ?? ada
      const conversation = await begin(`To ${body.name}`, index)
      const outside = await agentOn(index ? now : before, noor)
      await other.api('PATCH /conversations/:conversation', {
        params: { conversation },
        body: { departmentId: made.id, assigneeId: owner.id },
      })
      await isTold(outside.talker, 'gone', conversation)
      const { agent } = await outside.api('GET /me', {})
      const params = { project, department: made.id }
      await other.api('PATCH /projects/:project/departments/:department', { params, body: { agentIds: [agent.id] } })
      // Who joins begins anew, and has it.
      await until(
        () =>
          outside.talker.frames.some(
            (frame) => frame.type === 'welcome' && frame.conversations.some(({ id }) => id === conversation),
          ) && outside.talker.complaints.includes('reset'),
        patienceMs,
      )
    }
  })

  test('[SS6][VS16] who is revoked or signed out on the one is out on the other', async () => {
    for (const [here, there] of [
      [now, before],
      [before, now],
    ] as const) {
      const ada = await agentOn(here)
      const params = { project }
      const made = await ada.api('POST /projects/:project/shared-secrets', { params, body: { previous: 'keep' } })
      const token = jwt.sign({ external_id: 'maya', name: 'Maya' }, made.secret, { algorithm: 'HS256', expiresIn: 300 })
      const anybody = createApi({ baseUrl: there.url, session: () => undefined })
      const signIn = () => anybody('POST /projects/:project/visitor-sessions', { params, body: { token } })
      const { session } = await signIn()
      const tabs = await Promise.all([before, now].map((node) => join(node, { session })))
      await ada.api('POST /projects/:project/shared-secrets/:key/revoke', { params: { project, key: made.id } })
      for (const tab of tabs) await until(() => tab.complaints.includes('ended secret_revoked'), patienceMs)
      await expect(signIn()).rejects.toMatchObject({ code: 'secret_revoked' })

      const agent = await agentOn(there, noor)
      const elsewhere = await join(here, {}, agent.agent)
      await agent.api('DELETE /agent-session', {})
      await until(() => elsewhere.complaints.includes('ended signed_out'), patienceMs)
    }
  })

  test('[DL8][DL9] the last of the version before is replaced while people write with clients of both: nothing is lost', async () => {
    const { Crowd: CrowdBefore } = await previous.import<typeof import('../crowd.ts')>('e2e/crowd.ts')
    const size = { visitors: 4, agents: 1 }
    const crowds = await Promise.all([Crowd, CrowdBefore].map((each) => each.gather(cluster.url, owner, size)))
    const hush = crowds.map((crowd) => crowd.talk())
    await passed(1_000)
    const { code } = await before.stop()
    expect([code, before.errors]).toEqual([0, ''])
    await before.start()
    await passed(1_000)
    for (const stop of hush) stop()
    for (const crowd of crowds) {
      const stored = await storedInTheEnd(crowd, owner)
      expectAllStored(crowd, stored)
      expectAllHeard(crowd, stored)
      expect(crowd.talkers.flatMap(({ complaints }) => complaints)).toEqual([])
      crowd.leave()
    }
    expect([now.errors, before.errors]).toEqual(['', ''])
  })
})

const passed = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
