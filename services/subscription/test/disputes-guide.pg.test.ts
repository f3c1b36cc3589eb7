import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Principal } from '@plinth/contracts';
import { buildPrincipal } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDisputes, type DisputesUnderTest } from './dispute.builders.ts';
import { buildPayer } from './payment.builders.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../../docs/guides/disputes.md'), 'utf8');
const commands = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
  .flatMap(([, block]) => block!.replaceAll('\\\n', ' ').split('\n'))
  .filter((line) => line !== '')
  .map(parseCurl);

let disputes: DisputesUnderTest;
beforeAll(async () => {
  disputes = await startDisputes();
});
afterAll(() => disputes.stop());

test('the commands of the guide lead from the complaint to its end', async () => {
  const { invoices, account, post, tenantId, principal } = await buildPayer(disputes);
  const { payment } = (await post(`/invoices/${invoices[0].id}/pay`)).body;
  const permissions = ['dispute:read', 'dispute:write', 'payment:refund', 'limit:support'];
  const agent = buildPrincipal({ tenant: tenantId, roles: [], grants: [{ permissions }] });
  const values: Record<string, string> = { INVOICE: invoices[0].id, ACCOUNT: account.id, PAYMENT: payment.id };
  const callers: Record<string, Principal> = { TOKEN: agent, LEAD: principal };
  const answers: string[] = [];
  for (const { method, path, caller, headers, body } of commands) {
    const fill = (text: string) =>
      text.replaceAll(/'?\$([A-Z]+)'?/g, (_, name: string) => values[name] ?? `no value for ${name}`);
    const answer = await disputes.under.request(method, fill(path), {
      principal: callers[caller]!,
      headers,
      ...(body === undefined ? {} : { body: JSON.parse(fill(body)) as unknown }),
    });
    if (path === '/disputes') values['DISPUTE'] = answer.body.id;
    if (path.startsWith('/disputes/approvals?')) values['APPROVAL'] = answer.body.data[0].id;
    const what = answer.body.code ?? answer.body.status ?? '';
    answers.push(`${method} ${path.split('?')[0]} ${answer.status} ${what}`.trim());
  }
  expect(answers).toEqual([
    'PUT /disputes/approval-rules 200',
    'GET /disputes/evidence 200',
    'GET /disputes/evidence/usageEvents 200 available',
    'POST /disputes 201 open',
    'POST /disputes/$DISPUTE/investigate 200 investigating',
    'POST /disputes/$DISPUTE/notes 201',
    'POST /disputes/$DISPUTE/actions 201',
    'POST /disputes/$DISPUTE/actions 403 approval.required',
    'GET /disputes/approvals 200',
    'POST /disputes/approvals/$APPROVAL/approve 200 executed',
    'POST /disputes/$DISPUTE/close 200 resolved',
  ]);
});

/** A curl command of the guide as the request that it sends. */
function parseCurl(line: string) {
  const method = (/ -X (GET|POST|PUT|PATCH|DELETE) /.exec(line)?.[1] ?? 'GET') as 'GET' | 'POST' | 'PUT';
  const path = /"\$API([^"]*)"/.exec(line)?.[1];
  const caller = /Bearer \$([A-Z]+)"/.exec(line)?.[1];
  if (!line.startsWith('curl -sS ') || path === undefined || caller === undefined)
    throw new Error(`no command that the test can run: ${line}`);
  const key = /'Idempotency-Key: ([^']+)'/.exec(line)?.[1];
  const body = / -d '(.*)'$/.exec(line)?.[1];
  const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
  return { method, path, caller, body, headers };
}
