/**
 * Properties that only widget and client know: the build gives them short names, the same in loader, panel and
 * languages. None of the page's API, the wire, the browser's storage or the DOM may be here; a test looks.
 */
const names = `
  dispatch shelf isCurrent newTurn dismiss admit veil guard palette parseColor cssOf toWipe onChange dress
  meant leave forget isUnderWay guestsWelcome welcomeGuest signInAsGuest signOut
  pageApi learn isLate lookCloser halt claimedIdentity isPassing
  nobody again
  learned heard beforeLoadParams beforeInit
  listen onFrame openSocket reconnectNow makeId showTo settle wipe
  helloText soon later team seen notSent newer introduce introduceText nameMissing
  emailWrong signInAgain keepQuestion noThanks because
  isLoaded hasEarlier loadEarlier loadLatest setUnsent isTyping awaitKept mayTell startsDay startsGroup endsGroup
  isLast readUpTo pieces isMandatory isAside baseUrl markRead
  reconnecting newConversation closeChat chooseDepartment closeQuestion transcriptOf fieldMissing fieldWrong closedReopen
  emojiPicker sendRating otherWays isClosed showMore showAll isFull
`

/** From the long name to the short one, which nothing else has: it ends in an underscore. */
export const shortNames: Record<string, string> = Object.fromEntries(
  names
    .trim()
    .split(/\s+/)
    .map((name, index) => [name, `${(index + 10).toString(36).replace(/^\d/, (digit) => `_${digit}`)}_`]),
)
