import type { Row } from '../../client/timeline.ts'

/**
 * The part of a long conversation that is drawn, by the keys of its ends: rows come before and after it. Without a
 * last one it ends where the conversation does, without a first one it has the usual length.
 */
export interface Span {
  first?: string | undefined
  last?: string | undefined
}

const usual = 120
const step = 60
const most = 240

export function edgesOf(rows: readonly Row[], { first, last }: Span): [start: number, end: number] {
  const end = last ? placeOf(rows, last) + 1 || rows.length : rows.length
  const start = first ? placeOf(rows, first) : -1
  return [start < 0 || start > end ? Math.max(0, end - usual) : start, end]
}

export function further(rows: readonly Row[], span: Span): Span {
  const [before, end] = edgesOf(rows, span)
  const start = Math.max(0, before - step)
  return spanOf(rows, start, Math.min(end, start + most))
}

export function nearer(rows: readonly Row[], span: Span): Span {
  const [start, before] = edgesOf(rows, span)
  const end = Math.min(rows.length, before + step)
  return spanOf(rows, Math.max(start, end - most), end)
}

function spanOf(rows: readonly Row[], start: number, end: number): Span {
  return { first: rows[start]?.key, last: end < rows.length ? rows[end - 1]?.key : undefined }
}

function placeOf(rows: readonly Row[], key: string): number {
  return rows.findIndex((row) => row.key === key)
}
