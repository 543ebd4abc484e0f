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
    `const webhook = new Webhook('${secret}')`,
    '',
    '// The raw body, as it came. Throws when it is not from Signet, or older than five minutes.',
    'const event = webhook.verify(rawBody, request.headers)',
  ].join('\n')
}
