declare module '*.css?inline' {
  const css: string
  // biome-ignore lint/style/noDefaultExport: this is how the build hands the text over
  export default css
}
