/** One project to write into, in either database's SQL but for the place of the id. */
export const insertProject = (id: string): string =>
  `insert into projects (id, name, enforcement, allowed_origins, verified_session_seconds, anonymous_carry_over,
     single_use_tokens, widget, change_number, created_at) values ('${id}', 'Bare', 'off', '[]', 1, 'ask', 0, '{}', 0, 0)`
