import { Code } from '../../../parts/code.tsx'
import { ShowOnceDialog } from '../show-once-dialog.tsx'

interface ApiKeyDialogProps {
  apiKey: { key: string; scopes: readonly string[] }
  projectId: string
  onClose: () => void
}

export function ApiKeyDialog({ apiKey: { key, scopes }, projectId, onClose }: ApiKeyDialogProps) {
  return (
    <ShowOnceDialog
      title="Your new API key"
      text={key}
      sentence="Put it where your server keeps its secrets, never into a page."
      onClose={onClose}
    >
      {(noteCopied) => (
        <>
          {scopes.includes('visitors:sign_out') && (
            <Code
              label="Sign somebody out everywhere"
              text={signOutSample(location.origin, projectId, key)}
              onCopied={noteCopied}
            />
          )}
          {scopes.includes('conversations:write') && (
            <p>
              How to{' '}
              <a href="/docs/build-a-bot" target="_blank" rel="noopener">
                build a bot
              </a>{' '}
              with it, and{' '}
              <a href="/api/docs" target="_blank" rel="noopener">
                the whole API
              </a>
              .
            </p>
          )}
        </>
      )}
    </ShowOnceDialog>
  )
}

function signOutSample(origin: string, projectId: string, key: string): string {
  return [
    'curl -X DELETE \\',
    `  -H "Authorization: Bearer ${key}" \\`,
    `  "${origin}/api/v1/projects/${projectId}/visitor-sessions?externalId=42"`,
  ].join('\n')
}
