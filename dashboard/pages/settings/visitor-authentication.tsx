import { AllowedOrigins } from './allowed-origins.tsx'
import { Enforcement } from './enforcement.tsx'
import { SamplesView } from './samples-view.tsx'
import { SettingGroup } from './setting-group.tsx'
import { SharedSecrets } from './shared-secrets.tsx'

export function VisitorAuthentication() {
  return (
    <>
      <SharedSecrets />
      <SettingGroup
        title="Code for your server"
        sentence="It signs a token for whoever is logged in on your site. Give the token to signInWithCustomToken."
      >
        <SamplesView secret="<your shared secret>" />
      </SettingGroup>
      <Enforcement />
      <AllowedOrigins />
    </>
  )
}
