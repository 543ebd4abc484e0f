/** What is no longer as it was. Only that is saved: whatever else somebody has done meanwhile stays. */
export function changesIn<Fields extends object>(before: Fields, now: Fields): Partial<Fields> {
  const changes: Partial<Fields> = {}
  for (const field in now) {
    if (JSON.stringify(now[field]) !== JSON.stringify(before[field])) changes[field] = now[field]
  }
  return changes
}
