/** Wrong passwords, counted for all nodes. */
export const logInAttempts = {
  name: '0014-log-in-attempts',
  statements: [
    `create table log_in_attempts (
      name text primary key,
      thousandths bigint not null,
      at bigint not null,
      expires_at bigint not null
    )`,
    'create index log_in_attempts_by_expiry on log_in_attempts (expires_at)',
  ],
}
