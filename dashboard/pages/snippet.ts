/** What a site pastes. Pages written for Tiledesk have the same two parts; only the script's address differs (WG1). */
export function snippet(project: string, origin: string): string {
  return `<script>
  window.tiledeskSettings = { projectid: "${project}" };
  (function (doc, tag, id) {
    if (doc.getElementById(id)) return;
    var script = doc.createElement(tag);
    var first = doc.getElementsByTagName(tag)[0];
    script.id = id;
    script.async = true;
    script.src = "${origin}/tiledesk.js";
    first.parentNode.insertBefore(script, first);
  })(document, "script", "tiledesk-jssdk");
</script>`
}

export const signInLine = `<script>
  window.tileDeskAsyncInit = function () {
    window.tiledesk.on("loadParams", function () {
      window.tiledesk.signInWithCustomToken("JWT <token from your server>");
    });
  };
</script>`
