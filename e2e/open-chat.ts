import type { Page } from 'playwright-core'

/** Opens the chat of this page, unless it is open or about to be. */
export async function openChat(page: Page): Promise<void> {
  // It shows itself in the turn in which it opens by itself: only from then on its launcher says how it will be.
  await page.locator('#tiledesk-container:not([hidden])').waitFor({ state: 'attached' })
  const launcher = page.locator('.launcher')
  // Not whether it is visible: on a phone an open chat hides it, and a panel may still be on its way.
  if ((await launcher.getAttribute('aria-expanded')) !== 'true') await launcher.click()
  await page.getByRole('dialog').waitFor()
}
