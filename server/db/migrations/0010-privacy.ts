/** People and conversations that are erased, what is kept for how long, and addresses that are shortened. */
export const privacy = {
  name: '0010-privacy',
  statements: [
    'alter table visitors add column erasing_at bigint',
    'create index visitors_erasing on visitors (erasing_at) where erasing_at is not null',
    `create table erased_conversations (
      conversation_id text primary key,
      project_id text not null references projects (id) on delete cascade,
      visitor_id text references visitors (id) on delete set null,
      change_number bigint not null,
      erased_at bigint not null
    )`,
    'create index erased_conversations_by_number on erased_conversations (project_id, change_number)',
    'create index erased_conversations_by_visitor on erased_conversations (visitor_id) where visitor_id is not null',
    'create index erased_conversations_by_time on erased_conversations (erased_at)',
    // Up to this change it is not known any more what was erased: whoever was here before begins anew.
    'alter table projects add column forgotten_number bigint not null default 0',
    'alter table projects add column retention_days integer',
    'create index outbox_by_visitor on outbox (visitor_id) where visitor_id is not null',
    'create index outbox_by_lane on outbox (lane) where lane is not null',
    'alter table audit_log add column shortened_at bigint',
    'create index audit_log_unshortened on audit_log (created_at) where shortened_at is null',
    'alter table visitor_sessions add column shortened_at bigint',
    `create index visitor_sessions_unshortened on visitor_sessions (created_at)
       where address is not null and shortened_at is null`,
  ],
}
