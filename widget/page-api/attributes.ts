import type { Core } from '../core.ts'

/** One attribute of the conversation, or, as some pages write it, a bag of them. */
export function setAttribute(core: Core, given: unknown): void {
  const { key, value, ...bag } = Object(given)
  keep(core, typeof key === 'string' ? { [key]: value } : { ...bag })
}

/** The visitor has agreed on the page itself, which need not be asked twice. */
export function approvePrivacy(core: Core): void {
  keep(core, { privacyApproved: true })
  core.setParameter('preChatForm', false)
}

function keep({ settings, shelf }: Core, fresh: object): void {
  Object.assign(settings.attributes, fresh)
  shelf.set('attributes', settings.attributes)
}
