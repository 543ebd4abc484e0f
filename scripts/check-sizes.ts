/** Holds the built files and the sources to their sizes. Prints every figure; ends with 1 if one is over. */
import { join } from 'node:path'
import { dashboardSizes, isOver, longerThan, widgetSizes } from './sizes.ts'
import { root, sources } from './sources.ts'

const wished = 150
const most = 250

const measures = [...widgetSizes(join(root, 'dist/widget')), ...dashboardSizes(join(root, 'dist/dashboard'))]
for (const measure of measures) {
  const { what, bytes, limit } = measure
  const inKilobytes = `${(bytes / 1000).toFixed(1)} of ${limit / 1000} kB gzip`
  console.log(`${isOver(measure) ? 'TOO LARGE' : 'ok       '}  ${inKilobytes.padEnd(24)} ${what}`)
}

// What is generated nobody has to read at one go.
const long = longerThan(wished, sources()).filter(({ path }) => path !== 'client/operations.ts')
for (const { path, lines } of long) {
  console.log(`${lines > most ? 'TOO LONG ' : 'long     '}  ${`${lines} lines`.padEnd(24)} ${path}`)
}

if (measures.some(isOver) || long.some(({ lines }) => lines > most)) process.exitCode = 1
