/** What bin/backup and its like start: `node server/operate/run.ts backup …`. */
import { type Command, runCommand } from './command.ts'

const commands: Record<string, () => Promise<Command>> = {
  backup: async () => (await import('./backup.ts')).backup,
  restore: async () => (await import('./restore.ts')).restore,
  'move-to-postgres': async () => (await import('./move-to-postgres.ts')).moveToPostgres,
  'rotate-master-key': async () => (await import('./rotate-master-key.ts')).rotateMasterKey,
  'recover-owner': async () => (await import('./recover-owner.ts')).recoverOwner,
}

// What these write is nobody else's on this machine.
process.umask(0o077)
const [name = '', ...typed] = process.argv.slice(2)
const load = commands[name]
if (!load) throw new Error(`There is no command ${name}.`)
process.exitCode = await runCommand(await load(), typed, process.env, {
  say: (sentence) => process.stdout.write(`${sentence}\n`),
  complain: (sentence) => process.stderr.write(`${sentence}\n`),
})
