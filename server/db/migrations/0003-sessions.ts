/** Sessions that are banned, carried over and counted; API keys; tokens that were used. */
export const sessions = {
  name: '0003-sessions',
  statements: [
    'alter table visitors add column banned_at bigint',
    'alter table visitor_sessions add column address text',
    'alter table visitor_sessions add column carry_over_from text',
    // What enforcement counts (VS10), each in one reading of an index.
    `create index visitor_sessions_by_sign_in on visitor_sessions (project_id, verified_at, key_id)
       where key_id is not null`,
    `create index visitor_sessions_by_use on visitor_sessions (project_id, expires_at, key_id)
       where key_id is null`,
    `create table bans (
      id text primary key,
      project_id text not null references projects (id) on delete cascade,
      visitor_id text not null unique references visitors (id) on delete cascade,
      address text,
      reason text,
      banned_by text references agents (id) on delete set null,
      created_at bigint not null
    )`,
    'create index bans_by_project on bans (project_id, id)',
    'create index bans_by_address on bans (project_id, address) where address is not null',
    `create table api_keys (
      id text primary key,
      project_id text not null references projects (id) on delete cascade,
      name text not null,
      token_hash text not null unique,
      last4 text not null,
      scopes text not null,
      created_by text references agents (id) on delete set null,
      created_at bigint not null,
      last_used_at bigint
    )`,
    'create index api_keys_by_project on api_keys (project_id, id)',
    `create table used_tokens (
      project_id text not null references projects (id) on delete cascade,
      jti_hash text not null,
      expires_at bigint not null,
      primary key (project_id, jti_hash)
    )`,
    'create index used_tokens_by_end on used_tokens (expires_at)',
  ],
}
