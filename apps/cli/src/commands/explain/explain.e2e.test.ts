import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '@plinth/testing';
import { expect, it } from 'vitest';
import { runCli, startCli, temporaryDirectory } from '../../../test/run-cli.ts';

interface Session {
  readonly url: string;
  readonly headers: Record<string, string>;
}

async function post({ url, headers }: Session, path: string, body: object): Promise<Record<string, string>> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  const cookie = response.headers.get('set-cookie')?.split(';')[0];
  return { ...((await response.json()) as Record<string, string>), ...(cookie === undefined ? {} : { cookie }) };
}

/** An organization with its owner, and a key of it in a file. */
async function createTenant(url: string, file: string): Promise<{ owner: Session; organizationId: string }> {
  const person = { email: 'ada@example.test', password: 'a sentence to sign in with', name: 'Ada' };
  const { cookie = '' } = await post({ url, headers: {} }, '/auth/sign-up/email', person);
  const { id: organizationId = '', tenantId = '' } = await post({ url, headers: { cookie } }, '/organizations', {
    name: 'Acme',
  });
  const owner = { url, headers: { cookie, 'x-tenant-id': tenantId } };
  const { key = '' } = await post(owner, '/api-keys', { name: 'explain', scopes: ['policy:read', 'plan:read'] });
  await writeFile(file, `${key}\n`);
  return { owner, organizationId };
}

/** The token of an invitation, out of the mail that a platform without a mail server keeps as a file. */
async function tokenTo(data: string, email: string): Promise<string> {
  const folder = join(data, 'mail');
  return eventually(async () => {
    // One that is still being written has another ending.
    const files = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith('.eml'));
    for (const file of files) {
      const mail = (await readFile(join(folder, file), 'utf8')).replaceAll(/=\r?\n/g, '').replaceAll('=3D', '=');
      const token = /invitation\?token=([\w-]+)/.exec(mail)?.[1];
      if (mail.includes(email) && token !== undefined) return token;
    }
    return undefined;
  });
}

it('explains roles in a running platform, with an exit code for scripts', { timeout: 120_000 }, async () => {
  await using directory = await temporaryDirectory();
  const data = join(directory.path, 'data');
  const keyFile = join(directory.path, 'key.txt');
  const platform = startCli(['up', '--data', data, '--port', '0'], {
    IAM_SELF_REGISTRATION: 'true',
    IAM_EMAIL_VERIFICATION: 'optional',
  });
  try {
    await platform.firstLine;
    const { url } = JSON.parse(await readFile(join(data, 'instance.json'), 'utf8')) as { url: string };
    const { owner, organizationId } = await createTenant(url, keyFile);
    const explain = (...words: string[]) => runCli('explain', ...words, '--data', data, '--api-key-file', keyFile);

    const allowed = await explain('ada@example.test', 'plan:write');
    expect([allowed.exitCode, allowed.stdout.split('\n')[0]]).toEqual([0, 'ada@example.test may: plan:write']);

    await post(owner, '/roles', { name: 'manager', title: 'Manager', permissions: ['division:write'] });
    const { id: division } = await post(owner, '/divisions', { name: 'Europe' });
    const { id: below } = await post(owner, '/divisions', { name: 'Austria', parentId: division! });
    const bob = { email: 'bob@example.test' };
    await post(owner, '/invitations', { email: bob.email, roles: ['org_member'] });
    const joining = { token: await tokenTo(data, bob.email), password: 'another sentence to sign in', name: 'Bob' };
    await post({ url, headers: {} }, '/auth/invitations/sign-up', joining);
    await post(owner, '/roles/assignments', { email: bob.email, role: 'manager', scope: { divisionId: division! } });

    const there = await explain(bob.email, 'division:write', '--on', `division:${below}`, '--json');
    expect([there.exitCode, JSON.parse(there.stdout)]).toMatchObject([
      0,
      {
        allowed: true,
        assignments: expect.arrayContaining([
          expect.objectContaining({ role: 'manager', scope: { divisionId: division }, gives: true }),
        ]),
      },
    ]);
    const elsewhere = await explain(bob.email, 'division:write', '--on', `organization:${organizationId}`);
    expect(elsewhere.exitCode).toBe(1);
    expect(elsewhere.stdout).toContain('has it, and holds elsewhere');
    expect((await explain(bob.email, 'division')).exitCode).toBe(64);
    expect((await runCli('explain', bob.email, 'plan:read', '--data', data)).exitCode).toBe(66);
  } finally {
    platform.child.kill('SIGTERM');
    await platform.finished;
  }
});
