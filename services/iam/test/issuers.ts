import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ContractFunctions, iamContract, IssuersFileInput } from '@plinth/contracts';
import { newId } from '@plinth/common';

export const externalIssuer = 'https://auth.example.com/realms/acme';

/** The variable that names a file with these issuers, and how to remove it. */
export function writeIssuersFile(content: IssuersFileInput): {
  environment: Readonly<Record<string, string>>;
  remove(): void;
} {
  const directory = mkdtempSync(join(tmpdir(), 'plinth-issuers-'));
  const file = join(directory, 'issuers.json');
  writeFileSync(file, JSON.stringify(content));
  return {
    environment: { PLINTH_ISSUERS_FILE: file },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

type TokenInput = Parameters<ContractFunctions<typeof iamContract>['resolveSubject']>[0];

/** What the gateway says of a verified token of somebody with a verified address. */
export function externalToken(
  changes: Partial<TokenInput> & { readonly says?: Partial<NonNullable<TokenInput['external']>> } = {},
): TokenInput {
  const { says, ...others } = changes;
  const subject = newId();
  return {
    issuer: externalIssuer,
    subject,
    kind: 'user',
    ...others,
    external: {
      issuedAt: Math.floor(Date.now() / 1000) + 5,
      email: `${others.subject ?? subject}@example.test`,
      emailVerified: true,
      name: 'Ada Lovelace',
      strong: false,
      ...says,
    },
  };
}
