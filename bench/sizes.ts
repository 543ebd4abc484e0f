import { join } from 'node:path'
import { dashboardSizes, widgetSizes } from '../scripts/sizes.ts'
import { root } from '../scripts/sources.ts'
import { mostRow, type Row } from './row.ts'

/** What a visitor and an agent have to download, as it was built. */
export async function sizes(): Promise<Row[]> {
  const measures = [...widgetSizes(join(root, 'dist/widget')), ...dashboardSizes(join(root, 'dist/dashboard'))]
  return measures.map(({ what, bytes, limit }) => mostRow(`${what}, gzip`, 'kB', bytes / 1000, limit / 1000))
}
