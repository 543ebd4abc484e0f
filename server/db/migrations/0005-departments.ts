/** Departments and who is in them; opening hours; what visitors thought of a conversation. */
export const departments = {
  name: '0005-departments',
  statements: [
    `create table departments (
      id text primary key,
      project_id text not null references projects (id) on delete cascade,
      name text not null,
      name_key text not null,
      legacy_id text,
      created_at bigint not null,
      unique (project_id, name_key),
      unique (project_id, legacy_id)
    )`,
    `create table department_members (
      department_id text not null references departments (id) on delete cascade,
      project_id text not null,
      agent_id text not null,
      primary key (department_id, agent_id),
      foreign key (project_id, agent_id) references memberships (project_id, agent_id) on delete cascade
    )`,
    'create index department_members_by_agent on department_members (project_id, agent_id)',
    'create index conversations_by_department on conversations (department_id) where department_id is not null',
    'alter table projects add column opening_hours text',
    'alter table conversations add column rating_stars integer',
    'alter table conversations add column rating_comment text',
    'alter table conversations add column rated_at bigint',
  ],
}
