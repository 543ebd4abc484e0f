/** Settings that change what a page shows of the closed chat. Few pages have one; those fetch this module at once. */
export const lookDefaults = {
  /** Seconds until the callout; below 0 there is none. */
  calloutTimer: -1,
  calloutTitle: '',
  calloutMsg: '',
  fullscreenMode: false,
  displayOnDesktop: true,
  displayOnMobile: true,
  /** Pages, by their addresses; empty for all. */
  displayOnPages: [] as unknown[],
  displayNotOnPages: [] as unknown[],
  /** `open`, `close` or `last`. */
  onPageChangeVisibilityDesktop: '',
  onPageChangeVisibilityMobile: '',
  baloonImage: '',
  baloonShape: '',
  /** As the project's settings name the two; `round`, `rounded` or `square`. */
  launcherImage: '',
  launcherShape: '',
  launcherWidth: '',
  launcherHeight: '',
  mobileMarginX: '',
  mobileMarginY: '',
  themeColorOpacity: 100,
}
