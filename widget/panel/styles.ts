/** Constructed, because a strict CSP knows no other way (WG4). */
export function adopt(root: Node | undefined, css: string): void {
  if (!(root instanceof ShadowRoot)) return
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
}
