import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const page = new URL('../../../docs/attacks.md', import.meta.url);

interface Row {
  readonly attack: string;
  readonly title: string;
  /** Of the test, from the page. */
  readonly path: string;
}

const rows = readRows(readFileSync(page, 'utf8'));

/** The rows of the table; one without a name goes on with the attack above it. */
function readRows(text: string): Row[] {
  let attack = '';
  return text.split('\n').flatMap((line) => {
    const [, name, , test] = line.split('|').map((cell) => cell.trim());
    const [, title, path] = /^\[(.+)\]\(([^)]+)\)$/.exec(test ?? '') ?? [];
    if (title === undefined || path === undefined) return [];
    attack = name === '' ? attack : name!;
    return [{ attack, title, path }];
  });
}

it('has a row for every attack that the platform is built to survive', () => {
  expect([...new Set(rows.map(({ attack }) => attack))]).toEqual([
    'Forged tokens',
    'Expired tokens',
    '`none`-algorithm tokens',
    'Wrong-issuer tokens',
    'Wrong-audience tokens',
    'Swapped-key tokens',
    'Session fixation',
    'CSRF',
    'Open redirect',
    'Host-header poisoning of links',
    'User enumeration by text',
    'User enumeration by timing',
    'Reuse of invitation and reset tokens',
    'Privilege escalation through roles',
    'Cross-tenant access',
    'Mass assignment',
    'SCIM filter abuse',
    'Interception of OAuth codes',
    'Replay of OAuth codes and tokens',
    'Brute force from many addresses',
    'API key creation without a session',
    'Forged payment webhook',
    'Replayed payment webhook',
    'Coupon beyond its maximum',
    'Refund above what was paid',
    'Credit note above its invoice',
    'Self-approval',
    'Splitting an amount below the approval limit',
    'Quota bypass',
    'Negative quantities',
    'Account of another tenant as parent',
    'Gateway account of another tenant',
  ]);
});

it.each(rows)('$attack: there is the test "$title"', ({ title, path }) => {
  const source = readFileSync(new URL(path, page), 'utf8').replaceAll("\\'", "'");
  const quoted = [`'${title}'`, `"${title}"`, `\`${title}\``];
  expect(quoted.some((literal) => source.includes(literal))).toBe(true);
});
