/** While the master key is rotated there are two: what the one before must open, until nothing is under it any more. */
export const masterKeyRotation = {
  name: '0008-master-key',
  statements: ['alter table installation add column master_key_check_before text'],
}
