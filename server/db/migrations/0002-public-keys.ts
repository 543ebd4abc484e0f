/** Public keys beside secrets, the log of refused sign-ins, and indexes for what is counted of a key. */
export const publicKeys = {
  name: '0002-public-keys',
  statements: [
    `create table public_keys (
      id text primary key references signing_keys (id) on delete cascade,
      keys text not null,
      url text,
      fetched_at bigint,
      tried_at bigint,
      failure text
    )`,
    `create table sign_in_refusals (
      id text primary key,
      project_id text not null references projects (id) on delete cascade,
      code text not null,
      field text,
      hint text,
      key_id text,
      origin text,
      created_at bigint not null
    )`,
    'create index sign_in_refusals_by_time on sign_in_refusals (project_id, created_at, id)',
    // With ended_at once more: SQLite counts in an index alone only what stands in it.
    `create index visitor_sessions_open_by_key on visitor_sessions (key_id, expires_at, ended_at)
      where ended_at is null`,
    'create index audit_log_by_time on audit_log (project_id, created_at, id)',
    'drop index audit_log_by_project',
  ],
}
