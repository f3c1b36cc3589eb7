import type { Secret, TOTP } from 'otpauth';

const stepMs = 30_000;
// A clock that is half a minute off still works.
const stepsAround = 1;

/** A new shared secret of 160 bits (RFC 4226 recommends it), in base 32. */
export async function drawSecret(): Promise<string> {
  const { Secret } = await import('otpauth');
  return new Secret({ size: 20 }).base32;
}

/** The key URI that authenticator apps read: SHA-1, six digits, 30 seconds, which is all that every app knows. */
export async function renderKeyUri(input: {
  readonly secret: string;
  readonly issuer: string;
  readonly account: string;
}): Promise<string> {
  const totp = await create(input.secret, { issuer: input.issuer, label: input.account });
  return totp.toString();
}

/** The time step (RFC 6238) whose code this is, near a time; undefined when it is none. */
export async function findStep(secret: string, code: string, time: Date): Promise<number | undefined> {
  const timestamp = time.getTime();
  const delta = (await create(secret)).validate({ token: code, timestamp, window: stepsAround });
  return delta === null ? undefined : Math.floor(timestamp / stepMs) + delta;
}

// Loaded by the first authenticator: a process where nobody has one does not pay for it.
async function create(base32: string, names: { issuer?: string; label?: string } = {}): Promise<TOTP> {
  const otpauth = await import('otpauth');
  const secret: Secret = otpauth.Secret.fromBase32(base32);
  return new otpauth.TOTP({ ...names, secret, algorithm: 'SHA1', digits: 6, period: stepMs / 1000 });
}
