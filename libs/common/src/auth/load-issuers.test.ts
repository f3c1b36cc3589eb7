import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processVariables } from '@plinth/contracts';
import { afterAll, expect, test } from 'vitest';
import { parseEnvironment } from '../config/parse-environment.ts';
import { loadIssuers } from './load-issuers.ts';

const directory = mkdtempSync(join(tmpdir(), 'plinth-issuers-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const file = join(directory, 'issuers.json');

const issuer = {
  issuer: 'https://auth.example.com/realms/acme',
  audiences: ['acme-api'],
  tenant: { from: 'claim', claim: 'tenant_id', setBy: 'administrators' },
};

function load(content: unknown) {
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return loadIssuers(parseEnvironment([{ variables: processVariables }], { PLINTH_ISSUERS_FILE: file }));
}

test('fills in what the file leaves out', () => {
  expect(load({ issuers: [issuer] })).toEqual({
    embeddedSignIn: true,
    issuers: [
      {
        ...issuer,
        algorithms: ['RS256'],
        tokenType: 'at+jwt',
        roles: { from: 'assignments' },
        provisioning: 'off',
      },
    ],
  });
});

test('knows no other issuer without the variable', () => {
  expect(loadIssuers(parseEnvironment([{ variables: processVariables }], {})).issuers).toEqual([]);
});

test.each<[string, unknown, string]>([
  [
    'the audience account',
    { issuers: [{ ...issuer, audiences: ['acme-api', 'account'] }] },
    '/issuers/0/audiences/1: must not be account',
  ],
  ['no audience', { issuers: [{ ...issuer, audiences: [] }] }, '/issuers/0/audiences'],
  ['a symmetric algorithm', { issuers: [{ ...issuer, algorithms: ['HS256'] }] }, '/issuers/0/algorithms/0'],
  ['the algorithm none', { issuers: [{ ...issuer, algorithms: ['none'] }] }, '/issuers/0/algorithms/0'],
  [
    'a claim for the tenant without saying who sets it',
    { issuers: [{ ...issuer, tenant: { from: 'claim', claim: 'tenant_id' } }] },
    '/issuers/0/tenant/setBy: must be "administrators"',
  ],
  [
    'a role that the platform does not have',
    { issuers: [{ ...issuer, roles: { from: 'claim', claim: 'roles', map: { boss: 'root' } } }] },
    '/issuers/0/roles/map/boss',
  ],
  [
    'roles of a tenant without the tenant that they are for',
    {
      issuers: [
        {
          ...issuer,
          tenant: { from: 'membership' },
          roles: { from: 'claim', claim: 'roles', map: { boss: 'org_admin' } },
        },
      ],
    },
    '/issuers/0/roles/map/boss: org_admin would hold in every tenant',
  ],
  ['one issuer twice', { issuers: [issuer, issuer] }, '/issuers/1/issuer: is there twice'],
  ['a word that it does not know', { issuers: [{ ...issuer, audience: 'acme-api' }] }, '/issuers/0: '],
  ['no JSON', '{', 'is not JSON'],
])('refuses a file with %s, and says where it is', (_what, content, message) => {
  expect(() => load(content)).toThrow(message);
});
