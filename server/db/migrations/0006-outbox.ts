/** What leaves the house: webhooks, mails, and the outbox in which both wait. */
export const outbox = {
  name: '0006-outbox',
  statements: [
    // Which events some webhook of the project wants, as bits: read with the lock that every message takes anyway.
    'alter table projects add column webhook_events integer not null default 0',
    `create table webhooks (
      id text primary key,
      project_id text not null references projects (id) on delete cascade,
      url text not null,
      events integer not null,
      enabled integer not null,
      sealed text not null,
      last4 text not null,
      previous_sealed text,
      previous_until bigint,
      failing_since bigint,
      failure text,
      created_by text references agents (id) on delete set null,
      created_at bigint not null
    )`,
    'create index webhooks_by_project on webhooks (project_id, id)',
    `create table outbox (
      id text primary key,
      target text not null,
      webhook_id text references webhooks (id) on delete cascade,
      project_id text references projects (id) on delete cascade,
      type text not null,
      visitor_id text,
      lane text,
      position bigint not null,
      body text not null,
      state text not null check (state in ('waiting', 'delivered', 'given_up')),
      attempts integer not null,
      due_at bigint not null,
      claimed_until bigint not null,
      expires_at bigint not null,
      tried_at bigint,
      status integer,
      failure text,
      created_at bigint not null,
      finished_at bigint
    )`,
    "create index outbox_due on outbox (target, due_at) where state = 'waiting'",
    "create index outbox_lanes on outbox (target, lane, position, id) where state = 'waiting' and lane is not null",
    'create index outbox_by_webhook on outbox (webhook_id, created_at, id) where webhook_id is not null',
    'create index outbox_finished on outbox (state, finished_at) where finished_at is not null',
  ],
}
