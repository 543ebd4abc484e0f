/**
 * Properties that only widget and client know: the build gives them short names, the same in loader, panel and
 * languages. None of the page's API, to which the names of texts belong, of the wire, the browser's storage or the DOM
 * may be here; a test looks.
 */
const names = `
  dispatch shelf isCurrent newTurn dismiss admit veil guard palette parseColor cssOf toWipe onOtherTab dress
  meant leave forget isUnderWay guestsWelcome welcomeGuest signInAsGuest
  pageApi learn isLate lookCloser halt claimedIdentity isPassing
  nobody
  learned heard beforeLoadParams beforeInit
  listen onFrame openSocket reconnectNow makeId showTo settle wipe
  isLoaded hasEarlier loadEarlier loadLatest setUnsent isTyping awaitKept mayTell startsDay startsGroup endsGroup
  isLast readUpTo pieces isMandatory isAside baseUrl markRead
  isFull
`

/** From the long name to the short one, which nothing else has: it ends in an underscore. */
export const shortNames: Record<string, string> = Object.fromEntries(
  names
    .trim()
    .split(/\s+/)
    .map((name, index) => [name, `${(index + 10).toString(36).replace(/^\d/, (digit) => `_${digit}`)}_`]),
)
