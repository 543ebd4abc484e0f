/** Where the words of messages are looked up. Only on PostgreSQL: on SQLite they are in a file beside the database. */
export const search = {
  name: '0012-search',
  statements: [],
  postgres: [
    `create table search_progress (
      project_id text primary key references projects (id) on delete cascade,
      number bigint not null
    )`,
    // With the message its words go.
    `create table message_words (
      message_id text primary key references messages (id) on delete cascade,
      project_id text not null,
      number bigint not null,
      words tsvector not null
    )`,
    'create index message_words_by_number on message_words (project_id, number)',
    'create index message_words_by_words on message_words using gin (words)',
  ],
}
