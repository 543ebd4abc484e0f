const lockName = (tab: string) => `signet files ${tab}`

/** Held as long as this page is there. */
export function holdTabLock(tab: string): void {
  const held = globalThis.navigator?.locks?.request(lockName(tab), () => new Promise(nothing))
  held?.catch(nothing)
}

/** Calls back when the tab of this name is gone. Where there are no locks (a page of plain http) nobody is waited for. */
export function whenTabIsGone(tab: string, then: () => void): void {
  const locks = globalThis.navigator?.locks
  if (locks) locks.request(lockName(tab), then).catch(then)
  else then()
}

function nothing(): void {}
