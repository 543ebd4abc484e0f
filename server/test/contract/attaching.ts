import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { beforeEach, describe, expect, test } from 'vitest'
import { maxAttachments } from '../../../protocol/limits.ts'
import type { AttachmentTable } from '../../db/attachment-tables.ts'
import { diskStore } from '../../files/disk.ts'
import { Images } from '../../files/images.ts'
import { incomingIn } from '../../files/incoming.ts'
import { newFileName } from '../../files/store.ts'
import { deleteFiles, deleteOfErased, deleteUnsent, noteFilesToCome } from '../../model/attachment/deletion.ts'
import { Uploads } from '../../model/attachment/upload.ts'
import type { Member, VisitorCaller } from '../../model/caller.ts'
import { newId } from '../../model/id.ts'
import { eraseVisitor } from '../../model/privacy/erasure.ts'
import { exportVisitor } from '../../model/privacy/visitor-export.ts'
import { day, hour } from '../clock.ts'
import { parsed } from '../reads-here.ts'
import { codeOf, type OpenDatabase, strangerCaller, upTo, World } from './world.ts'

/** A file is sent once, by whoever has uploaded it, and when its message goes nothing of it stays. */
export function attachingContract(open: OpenDatabase): void {
  describe('an attachment', () => {
    let world: World
    let visitor: VisitorCaller
    let owner: Member

    beforeEach(async () => {
      const opened = await open()
      world = await World.make(opened.database)
      visitor = await world.visitor()
      owner = await world.member('owner')
      return () => opened.close()
    })

    async function uploaded(
      by: VisitorCaller | Member = visitor,
      more: Partial<AttachmentTable> = {},
    ): Promise<string> {
      const [kind, uploader] = 'agentId' in by ? (['agent', by.agentId] as const) : (['visitor', by.visitorId] as const)
      const row: AttachmentTable = {
        ...{ id: newId(), project_id: by.projectId, uploader_kind: kind, uploader_id: uploader },
        ...{ conversation_id: null, message_id: null, name: 'plan.png', type: 'image/png', bytes: 700 },
        ...{ thumbnail_bytes: 300, width: 4, height: 3, file: newFileName(), thumbnail_file: newFileName() },
        ...{ created_at: world.now(), ...more },
      }
      await world.database.transaction(async (tx) => {
        await tx.query.insertInto('attachments').values(row).execute()
        await tx.rows(
          `insert into attachment_usage (project_id, bytes) values (?, 1000)
           on conflict (project_id) do update set bytes = attachment_usage.bytes + 1000`,
          [row.project_id],
        )
      })
      return row.id
    }
    const rows = () => world.database.read.selectFrom('attachments').selectAll().orderBy('id').execute()
    const due = async () =>
      (await world.database.read.selectFrom('files_to_delete').select('file').execute()).map(({ file }) => file).sort()
    const usage = async () =>
      (await world.database.read.selectFrom('attachment_usage').select('bytes').execute())[0]?.bytes
    const filesOf = async () => (await rows()).flatMap((row) => [row.file, row.thumbnail_file ?? '']).sort()

    test('[AT7] is sent with a message, which may then be empty, and comes with it from then on', async () => {
      const [one, other] = [await uploaded(), await uploaded()]
      const sent = await world.write(visitor, { text: '', attachmentIds: [other, one] })
      const attachment = { name: 'plan.png', type: 'image/png', bytes: 700, width: 4, height: 3, thumbnail: true }
      expect(sent.attachments).toEqual([
        { id: other, ...attachment },
        { id: one, ...attachment },
      ])
      expect(world.published.at(-1)).toMatchObject({ message: sent })
      expect(await rows()).toMatchObject(Array(2).fill({ message_id: sent.id, conversation_id: sent.conversationId }))
      expect((await world.write(visitor, { conversationId: sent.conversationId })).attachments).toEqual([])
    })

    test('[DL1][AT7] is sent once: a message sent again is what it was, another one is refused', async () => {
      const attachmentIds = [await uploaded()]
      const clientId = newId()
      const sent = await world.write(visitor, { clientId, text: '', attachmentIds })
      expect(await world.write(visitor, { clientId, text: '', attachmentIds })).toEqual(sent)
      expect(await codeOf(world.write(visitor, { attachmentIds }))).toBe('attachment_not_found attachmentIds')
      const again = [await uploaded()]
      const both = [1, 2].map(() => codeOf(world.write(visitor, { attachmentIds: again })))
      expect((await Promise.all(both)).sort()).toEqual(['attachment_not_found attachmentIds', 'done'])
    })

    test('[AT7] of somebody else, of another project or of nobody is refused, and its message alone', async () => {
      const other = await world.visitor()
      const elsewhere = strangerCaller(await world.project(), visitor.visitorId)
      const foreign = [await uploaded(other), await uploaded(owner), await uploaded(elsewhere), newId()]
      const own = await uploaded()
      const numbers = await world.changeNumber()
      const refused = foreign.map((id) => codeOf(world.write(visitor, { attachmentIds: [own, id] })))
      const [sent, ...codes] = await Promise.all([world.write(visitor), ...refused])
      expect(codes).toEqual(foreign.map(() => 'attachment_not_found attachmentIds'))
      expect(sent.seq).toBe(1)
      expect(await world.changeNumber()).toBe(numbers + 2)
      expect((await world.write(visitor, { attachmentIds: [own] })).attachments).toHaveLength(1)
    })

    test('[AT7] there are ten a message, and without any the text is not empty', async () => {
      const many = await Promise.all(upTo(maxAttachments).map(() => uploaded()))
      const tooMany = codeOf(world.write(visitor, { attachmentIds: [...many, newId()] }))
      expect(await tooMany).toBe('too_many_attachments attachmentIds')
      expect(await codeOf(world.write(visitor, { text: '', attachmentIds: [] }))).toBe('text_empty text')
      const [first = ''] = many
      const twice = await world.write(visitor, { attachmentIds: [...many, first] })
      expect(twice.attachments.map(({ id }) => id)).toEqual(many)
    })

    test('[AT3] is taken in, and counts against its visitor and its project', async () => {
      const dataDir = mkdtempSync(join(tmpdir(), 'signet-uploads-'))
      const limits = { projectBytes: 25, addressBytes: 15, uploadMs: 60_000, hurryMs: 0 }
      const uploads = new Uploads({ model: world, store: diskStore(dataDir), images: new Images(), ...limits })
      const who = async () => ({ kind: 'visitor' as const, id: visitor.visitorId, projectId: world.projectId })
      const take = (from = who) =>
        uploads.take(from, { body: Readable.from([Buffer.from('0123456789')]), announced: undefined, name: 'a' })
      const { id } = await take()
      expect((await world.write(visitor, { attachmentIds: [id] })).attachments).toMatchObject([{ type: 'text/plain' }])
      await take()
      expect([await usage(), await due()]).toEqual([20, []])
      // Its length is known only when it has come; what was written of it goes in an hour.
      expect(await codeOf(take())).toBe('attachment_quota_exceeded project')
      expect([await usage(), (await due()).length]).toEqual([20, 1])
      await world.database.transaction((tx) => tx.rows('update attachment_usage set bytes = 0', []))
      const others = await Promise.all(upTo(3).map(() => world.visitor()))
      const anonymously = (id = '') => codeOf(take(async () => ({ ...(await who()), id, address: 'a' })))
      const codes = []
      for (const { visitorId } of others) codes.push(await anonymously(visitorId))
      expect(codes).toEqual(['done', 'done', 'attachment_quota_exceeded'])
      world.clock.advance(day)
      expect(await anonymously(others[2]?.visitorId)).toBe('attachment_quota_exceeded project')
      rmSync(dataDir, { recursive: true })
    })

    test('[AT8] that nobody has sent for a day goes, with its files; what was sent stays', async () => {
      const kept = await uploaded()
      const { conversationId } = await world.write(visitor, { attachmentIds: [kept] })
      await world.answer(owner, { conversationId, kind: 'note', attachmentIds: [await uploaded(owner)] })
      world.clock.advance(day - hour)
      await uploaded()
      expect(await usage()).toBe(3_000)
      const old = await uploaded(visitor, { created_at: world.now() - day })
      const gone = (await rows()).filter(({ id }) => id === old).flatMap((row) => [row.file, row.thumbnail_file])
      expect(await deleteUnsent(world, 10)).toBe(false)
      expect(await rows()).toHaveLength(3)
      expect(await due()).toEqual(gone.sort())
      expect(await usage()).toBe(3_000)
    })

    test('[HT6][AT8] goes with the person, sent or not, and its files are deleted, whatever crashes between', async () => {
      const { conversationId } = await world.write(visitor, { attachmentIds: [await uploaded()] })
      await world.answer(owner, { conversationId, attachmentIds: [await uploaded(owner)] })
      const unsent = await uploaded()
      const written = await exportVisitor(world, owner, visitor.visitorId, undefined, '127.0.0.1')
      const { person, conversations } = parsed(written)
      expect(person?.unsentAttachments.map(({ id }) => id)).toEqual([unsent])
      expect(conversations[0]?.messages.map(({ attachments }) => attachments.length)).toEqual([1, 1])
      const files = await filesOf()
      const stays = await uploaded(await world.visitor())
      await eraseVisitor(world, owner, visitor.visitorId, '127.0.0.1')
      expect((await rows()).map(({ id }) => id)).toEqual([stays])
      expect(await usage()).toBe(1_000)
      expect(await due()).toEqual(files)
      const asked: string[] = []
      const store = { ...nowhere, delete: async (file: string) => void asked.push(file) }
      const failing = { ...nowhere, delete: async () => Promise.reject(new Error('The bucket does not answer.')) }
      await expect(deleteFiles(world, failing, 100)).rejects.toThrow('does not answer')
      expect(await due()).toEqual(files)
      world.clock.advance(hour)
      expect(await deleteFiles(world, store, 100)).toBe(false)
      expect([asked.sort(), await due()]).toEqual([files, []])
    })

    test('[HT6] that is still coming in while its visitor is erased is not kept', async () => {
      const dataDir = mkdtempSync(join(tmpdir(), 'signet-uploads-'))
      const limits = { projectBytes: 1e6, addressBytes: 1e6, uploadMs: 60_000, hurryMs: 0 }
      const uploads = new Uploads({ model: world, store: diskStore(dataDir), images: new Images(), ...limits })
      const { visitorId: id, projectId } = visitor
      const bytes = async function* () {
        yield Buffer.from('half of it, ')
        await eraseVisitor(world, owner, id, '127.0.0.1')
        yield Buffer.from('and the rest')
      }
      const upload = { body: Readable.from(bytes()), announced: undefined, name: 'a' }
      expect(await codeOf(uploads.take(async () => ({ kind: 'visitor', id, projectId }), upload))).toBe('session_ended')
      expect([await rows(), await usage()]).toEqual([[], undefined])
      rmSync(dataDir, { recursive: true })
    })

    test('[AT8] of a conversation that an older version has erased goes, too', async () => {
      const { conversationId } = await world.write(visitor, { attachmentIds: [await uploaded()] })
      await world.database.transaction((tx) =>
        tx.rows(
          `insert into erased_conversations (conversation_id, project_id, change_number, erased_at) values (?, ?, 1, ?)`,
          [conversationId, world.projectId, world.now()],
        ),
      )
      await deleteOfErased(world, 10)
      expect(await rows()).toEqual([])
    })

    test('[AT8] that cannot be deleted keeps no other, and is tried again', async () => {
      const [stuck, free] = [newFileName(), newFileName()]
      await world.database.transaction((tx) => noteFilesToCome(tx, world, [stuck]))
      world.clock.advance(1)
      await world.database.transaction((tx) => noteFilesToCome(tx, world, [free]))
      world.clock.advance(hour)
      const failing = async (file: string) => {
        if (file === stuck) throw new Error('Not permitted.')
      }
      await expect(deleteFiles(world, { ...nowhere, delete: failing }, 10)).rejects.toThrow('Not permitted.')
      expect(await due()).toEqual([stuck])
      world.clock.advance(hour)
      await deleteFiles(world, nowhere, 10)
      expect(await due()).toEqual([])
    })

    test('[AT8] that a crash has kept from becoming one leaves no file', async () => {
      const file = newFileName()
      await world.database.transaction((tx) => noteFilesToCome(tx, world, [file]))
      await deleteFiles(world, nowhere, 10)
      expect(await due()).toEqual([file])
      world.clock.advance(hour)
      await deleteFiles(world, nowhere, 10)
      expect(await due()).toEqual([])
    })
  })
}

const nowhere = {
  incoming: incomingIn(''),
  put: async () => {},
  get: async () => undefined,
  delete: async () => {},
  close: () => {},
}
