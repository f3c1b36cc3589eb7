import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** One message to a webhook, as it is signed. */
export interface WebhookMessage {
  /** The same for every attempt to deliver it: receivers recognize repetitions by it. */
  readonly id: string;
  readonly body: string;
}

const secretPrefix = 'whsec_';
const toleranceSeconds = 300;

/** Draws a signing secret of 256 bits: `whsec_` and base64 (Standard Webhooks 1.0, "Secret"). */
export function drawWebhookSecret(): string {
  return secretPrefix + randomBytes(32).toString('base64');
}

/**
 * The headers of a signed message (Standard Webhooks 1.0). With several secrets there is a signature by each, so that
 * receivers can change theirs at any time of an overlap.
 */
export function signWebhook(
  message: WebhookMessage,
  secrets: readonly string[],
  now: Date,
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  return {
    'webhook-id': message.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map((secret) => `v1,${sign(message, timestamp, secret).toString('base64')}`).join(' '),
  };
}

/**
 * Whether a message was signed with the secret within the last five minutes. A receiver also remembers the ids of that
 * time: a message that was caught on its way can be sent again until then.
 */
export function isSignedWebhook(
  body: string,
  headers: Readonly<Record<string, string | undefined>>,
  secret: string,
  now: Date,
): boolean {
  const { 'webhook-id': id = '', 'webhook-timestamp': timestamp = '', 'webhook-signature': signatures = '' } = headers;
  if (id === '' || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > toleranceSeconds) return false;
  const expected = sign({ id, body }, timestamp, secret);
  return signatures
    .split(' ')
    .filter((signature) => signature.startsWith('v1,'))
    .map((signature) => Buffer.from(signature.slice(3), 'base64'))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}

function sign({ id, body }: WebhookMessage, timestamp: string, secret: string): Buffer {
  const key = Buffer.from(secret.slice(secretPrefix.length), 'base64');
  return createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
}
