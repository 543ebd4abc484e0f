/** Files that are sent along with messages, what each project keeps of them, and which are to be deleted. */
export const attachments = {
  name: '0011-attachments',
  statements: [
    // As readers get them, so that a message is read without a second question.
    "alter table messages add column attachments text not null default '[]'",
    `create table attachments (
      id text primary key,
      project_id text not null references projects (id) on delete cascade,
      uploader_kind text not null,
      uploader_id text not null,
      conversation_id text,
      message_id text,
      name text not null,
      type text not null,
      bytes bigint not null,
      thumbnail_bytes bigint not null default 0,
      width integer,
      height integer,
      file text not null,
      thumbnail_file text,
      created_at bigint not null
    )`,
    'create index attachments_by_uploader on attachments (uploader_id, created_at)',
    'create index attachments_by_conversation on attachments (conversation_id) where conversation_id is not null',
    'create index attachments_unsent on attachments (created_at) where message_id is null',
    `create table attachment_usage (
      project_id text primary key references projects (id) on delete cascade,
      bytes bigint not null
    )`,
    // A file stands here before it is written and after its attachment has gone: no crash leaves one behind.
    'create table files_to_delete (file text primary key, due_at bigint not null)',
    'create index files_to_delete_by_time on files_to_delete (due_at)',
  ],
}
