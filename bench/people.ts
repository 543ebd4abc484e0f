/** Who takes part in a measurement. */
export const owner = {
  name: 'Ada Marsh',
  email: 'ada@example.com',
  password: 'a long password',
  projectName: 'Halden Tea',
}
