import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { cache, examples, goLibrary, phpVendor } from './installed.ts'
import type { Edit, Sample } from './samples.ts'

const run = promisify(execFile)

export const customer = { id: 'customer-1001', name: 'Zoë Łukasiewicz 😀', email: 'zoe@example.com' }

/** A token as the sample prints it, from a copy of its folder, with these edits made in the file that signs. */
export async function sign(sample: Sample, environment: Record<string, string>, edits: Edit[] = []): Promise<string> {
  const [program, ...args] = sample.command
  // Nothing of the test's own environment but what finds programs: a sample has only what it is given.
  const env = { PATH: process.env.PATH, LANG: 'C.UTF-8', ...environment }
  const { stdout } = await run(program, [...args, ...Object.values(customer)], {
    cwd: await layOut(sample, edits),
    env,
  })
  return stdout.trim()
}

const copies = new Map<string, Promise<string>>()

export async function clearAway() {
  for (const copy of copies.values()) await rm(await copy, { recursive: true, force: true })
}

/** Once for all that is run in it, because some have to be compiled. */
function layOut(sample: Sample, edits: Edit[]): Promise<string> {
  const key = JSON.stringify([sample.folder, sample.signs, edits])
  const copy = copies.get(key) ?? makeCopy(sample, edits)
  copies.set(key, copy)
  return copy
}

async function makeCopy({ folder, signs }: Sample, edits: Edit[]): Promise<string> {
  await mkdir(cache, { recursive: true })
  const copy = await mkdtemp(join(cache, `${folder}-`))
  await cp(join(examples, folder), copy, { recursive: true })
  await edit(join(copy, signs), edits)
  await prepare(folder, copy)
  return copy
}

async function edit(file: string, edits: Edit[]) {
  let text = await readFile(file, 'utf8')
  for (const [from, to] of edits) {
    if (!text.includes(from)) throw new Error(`${file} no longer has ${from}`)
    text = text.replace(from, () => to)
  }
  await writeFile(file, text)
}

async function prepare(folder: string, copy: string) {
  if (folder === 'php') await loadFrom(join(phpVendor ?? '', 'firebase/php-jwt/src'), copy)
  if (folder === 'go') await build(copy)
}

/** What Composer's own loader does, for the one library. */
async function loadFrom(sources: string, copy: string) {
  await mkdir(join(copy, 'vendor'), { recursive: true })
  const load = `require '${sources}/' . basename(strtr($class, '\\\\', '/')) . '.php';`
  await writeFile(join(copy, 'vendor/autoload.php'), `<?php spl_autoload_register(function ($class) { ${load} });`)
}

/** Without modules, because these would be fetched; Debian's library stands where the import looks for it. */
async function build(copy: string) {
  const path = join(copy, 'gopath')
  await mkdir(join(path, 'src/github.com/golang-jwt/jwt'), { recursive: true })
  await symlink(goLibrary ?? '', join(path, 'src/github.com/golang-jwt/jwt/v5'))
  const env = { PATH: process.env.PATH, GO111MODULE: 'off', GOPATH: path, GOCACHE: join(cache, 'go-build') }
  await run('go', ['build', '-o', 'print-token', '.'], { cwd: copy, env })
}
