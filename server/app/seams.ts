import type { Config } from '../config.ts'
import type { ImageLimits } from '../files/images.ts'
import type { UploadParts } from '../model/attachment/upload.ts'
import type { Guards } from '../outside/guarded-request.ts'
import type { ReadLimits } from '../reads/reads.ts'

/** What tests put in the place of the world outside; nobody else does, and no configuration can. */
export interface Seams {
  webhookGuards?: Partial<Guards>
  images?: Partial<ImageLimits>
  uploads?: Partial<Pick<UploadParts, 'uploadMs' | 'hurryMs'>>
  readLimits?: Partial<ReadLimits>
}

/** What the parts are made by. */
export interface Given {
  config: Config
  /** Milliseconds since 1970. */
  now(): number
  seams: Seams
}
