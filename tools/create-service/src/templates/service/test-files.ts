import { use, useType, type TemplateFile } from '../source.ts';
import type { ServiceRequest } from './service-request.ts';

/** Tests of the first feature: its pure rules, and the whole of it on a real database. */
export function renderTestFiles(request: ServiceRequest): TemplateFile[] {
  const { kebab } = request.feature.one;
  return [
    { path: `src/${kebab}/${kebab}.test.ts`, content: renderRuleTest(request) },
    { path: `src/${kebab}/${kebab}.service.pg.test.ts`, content: renderServiceTest(request) },
  ];
}

function renderRuleTest({ feature: { one } }: ServiceRequest): string {
  const { camel, pascal, kebab } = one;
  return `${use('expect, test', 'vitest')}
${use(`rename${pascal}, type ${pascal}`, `./${kebab}.ts`)}

const created = new Date('2026-01-01T00:00:00Z');
const ${camel}: ${pascal} = {
  id: '0199f3a0-0000-7000-8000-000000000001',
  name: 'First',
  version: 1,
  createdAt: created,
  updatedAt: created,
};

test('a new name makes a new version', () => {
  const now = new Date('2026-01-02T00:00:00Z');
  expect(rename${pascal}(${camel}, 'Second', now)).toEqual({ ...${camel}, name: 'Second', version: 2, updatedAt: now });
});

test('the same name changes nothing', () => {
  expect(rename${pascal}(${camel}, 'First', new Date())).toBe(${camel});
});
`;
}

function renderServiceTest({ service, feature: { one, many } }: ServiceRequest): string {
  const { camel, snake, words } = one;
  const path = `/${many.kebab}`;
  return `${useType('Principal', '@plinth/contracts')}
${use('buildPrincipal, startServiceUnderTest, type ServiceUnderTest, type TestResponse', '@plinth/testing')}
${use('afterAll, beforeAll, expect, test', 'vitest')}
${use('service', '../index.ts')}

const limit = 3;
let ${service.camel}: ServiceUnderTest;
beforeAll(async () => {
  ${service.camel} = await startServiceUnderTest(service, { environment: { ${service.upper}_${one.upper}_LIMIT: String(limit) } });
});
afterAll(() => ${service.camel}.stop());

function create(principal: Principal, name: string): Promise<TestResponse> {
  return ${service.camel}.request('POST', '${path}', { principal, body: { name } });
}

test('creates a ${words}, publishes it and records it in the audit trail', async () => {
  const principal = buildPrincipal();
  await ${service.camel}.takeEvents();
  const created = await create(principal, ' First ');
  expect(created).toMatchObject({ status: 201, headers: { etag: '"1"' }, body: { name: 'First', version: 1 } });
  const read = await ${service.camel}.request('GET', \`${path}/\${created.body.id}\`, { principal });
  expect(read.body).toEqual(created.body);
  const events = await ${service.camel}.takeEvents();
  expect(events.map(({ type }) => type).sort()).toEqual(['${snake}.created', 'audit.recorded'].sort());
  expect(events.find(({ type }) => type === '${snake}.created')).toMatchObject({
    tenant: principal.tenant,
    data: { ${camel}Id: created.body.id, name: 'First' },
  });
});

test('a name is taken once in a tenant and free in another', async () => {
  const principal = buildPrincipal();
  expect((await create(principal, 'First')).status).toBe(201);
  expect(await create(principal, 'First')).toMatchObject({ status: 409, body: { code: 'resource.already_exists' } });
  expect((await create(buildPrincipal(), 'First')).status).toBe(201);
});

test('a tenant has no more than the limit, also when all are created at once', async () => {
  const principal = buildPrincipal();
  const answers = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => create(principal, name)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(limit);
  expect(answers.find(({ status }) => status === 409)?.body.code).toBe('${snake}.limit_reached');
});

test('pages through ${many.words} in the order of their creation', async () => {
  const principal = buildPrincipal();
  for (const name of ['b', 'a', 'c']) await create(principal, name);
  const first = (await ${service.camel}.request('GET', '${path}?limit=2', { principal })).body;
  const rest = \`${path}?limit=2&cursor=\${first.nextCursor}\`;
  const second = (await ${service.camel}.request('GET', rest, { principal })).body;
  expect([...first.data, ...second.data].map(({ name }: { name: string }) => name)).toEqual(['b', 'a', 'c']);
  expect(second.nextCursor).toBeNull();
});

test('renames, and refuses a change that was made from an older version', async () => {
  const principal = buildPrincipal();
  const path = \`${path}/\${(await create(principal, 'First')).body.id}\`;
  const rename = (name: string) =>
    ${service.camel}.request('PATCH', path, { principal, body: { name }, headers: { 'if-match': '"1"' } });
  expect(await rename('Second')).toMatchObject({ status: 200, headers: { etag: '"2"' }, body: { name: 'Second' } });
  expect(await rename('Third')).toMatchObject({ status: 412, body: { code: 'request.version_mismatch' } });
});

test("answers 404 for another tenant's ${words} and shows none of it", async () => {
  const { body } = await create(buildPrincipal(), 'First');
  const stranger = buildPrincipal();
  for (const method of ['GET', 'PATCH'] as const) {
    const answer = await ${service.camel}.request(method, \`${path}/\${body.id}\`, {
      principal: stranger,
      ...(method === 'GET' ? {} : { body: { name: 'Mine' } }),
    });
    expect(answer).toMatchObject({ status: 404, body: { code: 'resource.not_found' } });
  }
  expect((await ${service.camel}.request('GET', '${path}', { principal: stranger })).body.data).toEqual([]);
});

test('members read and do not write', async () => {
  const member = buildPrincipal({ roles: ['org_member'] });
  expect((await ${service.camel}.request('GET', '${path}', { principal: member })).status).toBe(200);
  expect(await create(member, 'First')).toMatchObject({ status: 403, body: { code: 'auth.permission_denied' } });
});
`;
}
