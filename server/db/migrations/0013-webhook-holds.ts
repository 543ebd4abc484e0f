/** A webhook whose receiver has asked to be left alone for a while. */
export const webhookHolds = {
  name: '0013-webhook-holds',
  statements: ['alter table webhooks add column held_until bigint'],
}
