import { randomInt } from 'node:crypto';

// Without letters and digits that look alike.
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
const groupLength = 5;

/** How many recovery codes somebody gets at once. */
export const recoveryCodeCount = 10;

/** Draws recovery codes of 49 random bits each, such as `7kq2m-xw9ra`. */
export function drawRecoveryCodes(): string[] {
  return Array.from({ length: recoveryCodeCount }, () => `${drawGroup()}-${drawGroup()}`);
}

/** The code as it is compared: however somebody types its letters, hyphen and spaces. */
export function normaliseRecoveryCode(code: string): string {
  return code.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

function drawGroup(): string {
  return Array.from({ length: groupLength }, () => alphabet[randomInt(alphabet.length)]).join('');
}
