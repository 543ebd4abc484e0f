import { SettingGroup } from '../setting-group.tsx'
import { FindPerson } from './find-person.tsx'
import { Retention } from './retention.tsx'

/** What is kept of people, and for how long (HT6). */
export function Privacy() {
  return (
    <>
      <Retention />
      <FindPerson />
      <SettingGroup
        title="Addresses"
        sentence="After 30 days the addresses in the audit log and of anonymous visitors are shortened: 203.0.113.77 becomes 203.0.113.0/24. There is nothing to switch on."
      >
        {null}
      </SettingGroup>
    </>
  )
}
