/** Tells the styles how much of the screen a phone's keyboard leaves, so that the composer stays above it. */
export function fitToScreen(host: HTMLElement): void {
  const viewport = window.visualViewport
  if (!viewport) return
  const follow = () => {
    host.style.setProperty('--screen-height', `${viewport.height}px`)
    host.style.setProperty('--screen-top', `${viewport.offsetTop}px`)
  }
  viewport.addEventListener('resize', follow)
  viewport.addEventListener('scroll', follow)
  follow()
}
