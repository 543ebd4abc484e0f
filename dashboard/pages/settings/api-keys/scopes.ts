import type { ApiScope } from '../../../../protocol/admin-records.ts'

interface Scope {
  scope: ApiScope
  text: string
  hint: string
}

/** What an API key may do, in words. */
export const scopes: readonly Scope[] = [
  {
    scope: 'visitors:sign_out',
    text: 'Sign visitors out',
    hint: 'Signs a person out of the chat in every browser, by external id. Call it when somebody logs out of your site.',
  },
  {
    scope: 'visitors:erase',
    text: 'Erase persons',
    hint: 'Erases a person with all conversations, by external id, for good. Call it when somebody deletes an account.',
  },
]

export function scopeText(scope: string): string {
  return scopes.find((each) => each.scope === scope)?.text ?? scope
}
