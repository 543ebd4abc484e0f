/** What is stored of people, for looking at. */
import type { Visitor } from '../../../protocol/records.ts'
import type { Handler } from './answers.ts'
import type { Scene } from './scene.ts'

export const privacyAnswers: Record<string, Handler> = {
  'GET /projects/*/retention': (_scene, _, _body, query) => ({
    conversations: Number(query.get('days')) < 60 ? 1_204 : 0,
  }),
  'GET /projects/*/visitors': (scene, _, _body, query) => {
    const visitor = visitorsOf(scene).find(({ externalId }) => externalId === query.get('externalId'))
    return { visitors: visitor ? [holdings(scene, visitor)] : [] }
  },
  'GET /projects/*/visitors/*': (scene, key) => {
    const visitor = visitorsOf(scene).find(({ id }) => id === key.split('/').at(-1))
    return visitor ? holdings(scene, visitor) : nobody
  },
  'GET /projects/*/visitors/*/export': () => ({ person: null, conversations: [], exportedAt: 0, nextPage: null }),
  'DELETE /projects/*/visitors/*': (scene, key) => {
    for (const { conversation } of scene.talks.values()) {
      if (conversation.visitor.id !== key.split('/').at(-1)) continue
      scene.talks.delete(conversation.id)
      scene.publish({ type: 'gone', conversationId: conversation.id })
    }
    return { status: 204 }
  },
}

const visitorsOf = (scene: Scene) => [...scene.talks.values()].map(({ conversation }) => conversation.visitor)

function holdings(scene: Scene, { id, externalId, name, email, createdAt, lastSeenAt }: Visitor) {
  const own = [...scene.talks.values()].filter(({ conversation }) => conversation.visitor.id === id)
  const messages = own.reduce((sum, talk) => sum + talk.messages.length, 0)
  return { id, externalId, name, email, createdAt, lastSeenAt, conversations: own.length, messages, files: 3 }
}

const nobody = {
  status: 404,
  value: { error: { code: 'not_found', message: 'There is nothing here.', field: 'visitor' } },
}
