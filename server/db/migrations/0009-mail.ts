/** Mails: what waits in the outbox as one, passwords that are set anew, and who has missed something. */
export const mail = {
  name: '0009-mail',
  statements: [
    "alter table outbox add column sealed text not null default ''",
    `create table password_resets (
      id text primary key,
      agent_id text not null references agents (id) on delete cascade,
      token_hash text not null unique,
      created_at bigint not null,
      expires_at bigint not null,
      used_at bigint
    )`,
    'create index password_resets_by_agent on password_resets (agent_id, created_at)',
    'alter table projects add column site_url text',
    // How far the visitor had read when he was last mailed: until he reads on, it is the same absence.
    'alter table conversations add column mailed_read_seq integer',
    'alter table visitors add column mail_token text',
    'alter table visitors add column mail_refused_at bigint',
    'alter table visitors add column mailed_at bigint',
    'create unique index visitors_by_mail_token on visitors (mail_token) where mail_token is not null',
  ],
}
