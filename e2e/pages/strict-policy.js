window.seen = []
window.tiledeskSettings = { projectid: '5c0ffee0dd1e5000c4a7b1a5', themeColor: '#f9d71c', fontSize: '18px' }
window.tileDeskAsyncInit = () => {
  window.tiledesk.on('onLoadParams', () =>
    window.tiledesk.signInWithCustomToken(async () => (await fetch('/token?for=strict')).text()),
  )
}
