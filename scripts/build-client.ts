/** Writes client/operations.ts anew; a test says when that is due. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { clientTypes, readDocument } from './client-types.ts'
import { root } from './sources.ts'

writeFileSync(join(root, 'client/operations.ts'), clientTypes(readDocument()))
