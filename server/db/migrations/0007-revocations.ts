/** A revocation ends its sessions at once; when its visitors have been gone through, too, is written down here. */
export const revocations = {
  name: '0007-revocations',
  statements: [
    'alter table signing_keys add column settled_at bigint',
    'update signing_keys set settled_at = revoked_at where revoked_at is not null',
    'create index signing_keys_unsettled on signing_keys (revoked_at) where revoked_at is not null and settled_at is null',
  ],
}
