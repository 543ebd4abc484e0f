/** Since which change of the project somebody sees what he sees now: nothing that he was told before can be gone on from. */
export const sight = {
  name: '0004-sight',
  statements: [
    'alter table memberships add column access_number bigint not null default 0',
    'alter table conversations add column taken_number bigint not null default 0',
  ],
}
