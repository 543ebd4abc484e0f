import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export const root = dirname(import.meta.dirname)

const areas = '{protocol,identity,server,client,widget,dashboard,bench,scripts,e2e}'

/** One of our own source files; `path` is relative to the project's folder. */
export interface Source {
  path: string
  text: string
}

export function sources(pattern = `${areas}/**/*.{ts,tsx}`): Source[] {
  return globSync(pattern, { cwd: root, exclude: ['**/node_modules/**'] })
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

/** Test files are held to no layer and no length. */
export function isTest(path: string): boolean {
  return path.includes('/test/')
}
