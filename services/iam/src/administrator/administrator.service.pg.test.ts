import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, Secret, systemClock } from '@plinth/common';
import type { ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractOf, sessionOf, startIam, testEnvironment } from '../../test/builders.ts';
import { AdministratorService, initialPasswordFile } from './administrator.service.ts';

let iam: ServiceUnderTest;
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iam-test-'));
  iam = await startIam();
});
afterAll(async () => {
  await iam.stop();
  await rm(directory, { recursive: true });
});

const reset = () =>
  iam.database.platformTransaction(async (transaction) => {
    await transaction.execute(`DELETE FROM iam.platform_setup`);
    await transaction.execute(`DELETE FROM auth.users`);
  });
const countUsers = () =>
  iam.database.platformTransaction((transaction) =>
    transaction.rows(
      `SELECT u.id FROM auth.users u JOIN iam.role_assignments a ON a.user_id = u.id AND a.role = 'platform_admin' AND a.tenant_id IS NULL`,
    ),
  );

function administrators(lines: string[] = [], password?: string): AdministratorService {
  return new AdministratorService({
    database: iam.database,
    clock: systemClock,
    log: createLogger({ destination: { write: (line) => lines.push(line) } }),
    email: 'admin@plinth.localhost',
    password: password === undefined ? undefined : new Secret(password),
    dataDirectory: directory,
  });
}

test('makes the administrator at the first start, who signs in and belongs to no tenant', async () => {
  const response = await iam.request('POST', '/auth/sign-in/email', {
    body: { email: 'admin@plinth.localhost', password: testEnvironment.IAM_INITIAL_ADMIN_PASSWORD },
  });
  const principal = await contractOf(iam).authenticateSession({ cookie: sessionOf(response).cookie });
  expect(principal).toMatchObject({ kind: 'user', roles: ['platform_admin'] });
  expect(principal).not.toHaveProperty('tenant');
});

test('draws a password into a file that only its owner reads, and logs the place but not the password', async () => {
  await reset();
  const lines: string[] = [];
  await administrators(lines).ensureFirst();
  const file = join(directory, initialPasswordFile);
  const drawn = (await readFile(file, 'utf8')).trim();
  expect(drawn).toMatch(/^[\w-]{24}$/);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(lines.join('')).toContain(file);
  expect(lines.join('')).not.toContain(drawn);
  const signedIn = await iam.request('POST', '/auth/sign-in/email', {
    body: { email: 'admin@plinth.localhost', password: drawn },
  });
  expect(signedIn.status).toBe(200);
  await administrators().ensureFirst();
  expect((await readFile(file, 'utf8')).trim()).toBe(drawn);
});

test('makes exactly one when several processes start at once, whose password is the one in the file', async () => {
  await reset();
  await Promise.all(Array.from({ length: 4 }, () => administrators().ensureFirst()));
  expect(await countUsers()).toHaveLength(1);
  const drawn = (await readFile(join(directory, initialPasswordFile), 'utf8')).trim();
  const signedIn = await iam.request('POST', '/auth/sign-in/email', {
    body: { email: 'admin@plinth.localhost', password: drawn },
  });
  expect(signedIn.status).toBe(200);
  expect(await readdir(directory)).toEqual([initialPasswordFile]);
});

test('does not hand the platform to somebody who signed up with the address before', async () => {
  await reset();
  await iam.request('POST', '/auth/sign-up/email', {
    body: { email: 'admin@plinth.localhost', password: 'correct horse', name: 'Eve' },
  });
  await expect(administrators([], 'given password').ensureFirst()).rejects.toMatchObject({
    code: 'administrator.email_taken',
  });
  expect(await countUsers()).toEqual([]);
});
