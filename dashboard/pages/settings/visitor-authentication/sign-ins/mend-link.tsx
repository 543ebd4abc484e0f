/** Where each refusal is explained: what it means, what causes it, how to mend it. */
const errorPage = '/docs/sign-in-errors'

/** In a tab of its own, so that what was pasted here is still here afterwards. */
export function MendLink({ code }: { code: string }) {
  return (
    <a href={`${errorPage}#${encodeURIComponent(code)}`} target="_blank" rel="noopener">
      How to mend it
      <span className="visually-hidden">: {code} (opens in a new tab)</span>
    </a>
  )
}
