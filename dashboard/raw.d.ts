/** A file as its text. */
declare module '*?raw' {
  const text: string

  // biome-ignore lint/style/noDefaultExport: it is how Vite gives it
  export { text as default }
}
