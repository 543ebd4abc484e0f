/** What this process counts, by name: dashboards and alerts in ops/ are made of these. */
import type { ErrorCode } from '../../protocol/errors.ts'
import { closeCodes } from '../../protocol/limits.ts'
import { Registry } from './registry.ts'

const quick = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
const slow = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** What alerts count. Prometheus sees no step to what was not there, and compares it with nothing: these begin at 0. */
const alerted = {
  refusals: [
    'internal_error',
    'signature_invalid',
    'secret_revoked',
    'key_unknown',
    'token_expired',
    'issued_in_future',
  ] satisfies ErrorCode[],
  signIns: ['anonymous', 'token'],
  deliveries: ['webhook', 'mail'].flatMap((kind) =>
    ['delivered', 'failed', 'given_up'].map((outcome) => [kind, outcome]),
  ),
}

export class Metrics {
  readonly registry = new Registry()

  readonly messages = this.registry.counters(
    'signet_messages_total',
    'Messages acknowledged: they are on the disk.',
    'author',
  )
  readonly ackSeconds = this.registry.histogram(
    'signet_ack_seconds',
    'From a message that is taken in to its acknowledgement.',
    quick,
  )
  readonly refusals = this.registry.counters(
    'signet_refusals_total',
    'Requests and frames that were refused, by the code that the caller was told.',
    'code',
  )
  readonly signIns = this.registry.counters('signet_sign_ins_total', 'Visitor sessions given.', 'kind')
  readonly uploads = this.registry.counter('signet_uploads_total', 'Files that were taken in.')
  readonly requests = this.registry.counters('signet_http_requests_total', 'HTTP requests answered.', 'status')
  readonly requestSeconds = this.registry.histogram(
    'signet_http_request_seconds',
    'From a request to the end of its answer.',
    quick,
  )
  readonly socketsOpened = this.registry.counter('signet_sockets_opened_total', 'Sockets that were opened.')
  readonly socketCloses = this.registry.counters('signet_socket_closes_total', 'Sockets closed, by close code.', 'code')
  /** `kind` is webhook or mail; `outcome` is delivered, failed (tried again later) or given_up. */
  readonly deliveries = this.registry.counters(
    'signet_deliveries_total',
    'Tries to deliver webhooks and mails.',
    'kind',
    'outcome',
  )
  readonly deliverySeconds = this.registry.histogram(
    'signet_delivery_seconds',
    'How long a try to deliver a webhook or a mail took.',
    slow,
  )

  constructor() {
    for (const code of alerted.refusals) this.refusals.of(code)
    for (const kind of alerted.signIns) this.signIns.of(kind)
    for (const labels of alerted.deliveries) this.deliveries.of(...labels)
    this.socketCloses.of(String(closeCodes.tooSlow))
  }
}
