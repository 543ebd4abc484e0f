import { Code } from '../../../parts/code.tsx'
import { ShowOnceDialog } from '../show-once-dialog.tsx'

export function WebhookSecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <ShowOnceDialog
      title="The webhook’s secret"
      text={secret}
      sentence="With it your server checks that what arrives comes from here. Put it where your server keeps its secrets."
      onClose={onClose}
    >
      {(noteCopied) => <Code label="Check what arrives (Node.js)" text={sampleWith(secret)} onCopied={noteCopied} />}
    </ShowOnceDialog>
  )
}

function sampleWith(secret: string): string {
  return [
    "import { Webhook } from 'standardwebhooks' // npm install standardwebhooks",
    '',
    `const secret = '${secret}'`,
    '',
    '// Give it the body as it came. It throws if Signet did not send it,',
    '// or did so more than five minutes ago.',
    'const event = new Webhook(secret).verify(rawBody, request.headers)',
  ].join('\n')
}
