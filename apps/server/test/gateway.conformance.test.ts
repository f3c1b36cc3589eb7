import { requirePeers } from '@plinth/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEdge, type EdgeName, type RunningEdge } from './gateway-edges.ts';
import { applicationHost } from './gateway-platform.ts';
import { EdgeBrowser } from './edge-browser.ts';
import { sendRequest } from './gateway-request.ts';
import type { GatewayName, GatewayUnderTest } from './gateway-case.ts';
import { gatewaySuite } from './gateway-suite.ts';
import { apiHost, startWorld, toolHost, webHost, type World } from './gateway-world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

function runSuite(name: GatewayName, gateway: () => GatewayUnderTest): void {
  for (const item of gatewaySuite) {
    const exception = item.except?.[name];
    const title = exception === undefined ? item.title : `${item.title} (differs: ${exception.because})`;
    test(title, () => (exception ?? item).run(gateway()));
  }
}

describe('the embedded gateway', () => {
  let gateway: GatewayUnderTest;
  beforeAll(() => {
    gateway = {
      name: 'embedded',
      world,
      caller: world.createCaller(),
      send: (request) => sendRequest(world.embeddedPort, request, apiHost),
    };
  });
  runSuite('embedded', () => gateway);
});

const edges: readonly EdgeName[] = ['caddy', 'nginx', 'traefik'];

describe.each(edges)('%s with our rendered files', (name) => {
  const peers = requirePeers(name);
  describe.skipIf(peers.skip)('behaves as the embedded gateway', () => {
    let edge: RunningEdge;
    let gateway: GatewayUnderTest;
    beforeAll(async () => {
      edge = await startEdge(name, peers.paths[name], world);
      gateway = {
        name,
        world,
        caller: world.createCaller(),
        send: (request) => sendRequest(edge.port, request, apiHost),
      };
    });
    afterAll(() => edge?.stop());
    runSuite(name, () => gateway);

    test('an application gets the verified caller, and its own limit is counted', async () => {
      const headers = { authorization: `Bearer ${await gateway.caller.token()}` };
      const answers = [];
      for (let count = 0; count < 5; count += 1)
        answers.push(await gateway.send({ host: applicationHost, path: '/things', headers }));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 429]);
      const token = String(answers[0]?.body.headers.authorization).split('.')[1] ?? '';
      expect(JSON.parse(Buffer.from(token, 'base64url').toString('utf8'))).toMatchObject({ aud: 'application' });
      const anonymous = await gateway.send({ host: applicationHost, path: '/things' });
      expect([anonymous.status, anonymous.body?.code]).toEqual([401, 'auth.required']);
    });

    test('a tool is for staff, and gets its own cookies only', async () => {
      const send = async (roles: readonly string[]) =>
        gateway.send({
          host: toolHost,
          path: '/',
          headers: {
            authorization: `Bearer ${await world.createCaller().token({ roles })}`,
            cookie: 'plinth.session_token=secret; tool=1',
          },
        });
      expect((await gateway.send({ host: toolHost, path: '/' })).status).toBe(401);
      const member = await send(['org_admin']);
      expect([member.status, member.body.code]).toEqual([403, 'auth.role_required']);
      const staff = await send(['platform_admin']);
      expect([staff.status, staff.body.headers.cookie, staff.body.headers.authorization]).toEqual([
        200,
        'tool=1',
        undefined,
      ]);
    });

    test('a browser signs in at an application, which gets the caller and none of the cookies', async () => {
      const browser = new EdgeBrowser(edge.port);
      const [name = '', value = ''] = world.cookie.split(/=(.*)/s);
      browser.setCookie(apiHost, name, value);
      const first = await browser.open(`http://${webHost}/things?a=1`);
      expect([first.status, first.values('location')]).toEqual([
        302,
        [`http://${webHost}/edge/sign-in?return_to=%2Fthings%3Fa%3D1`],
      ]);
      const { url, answer } = await browser.visit(`http://${webHost}/things?a=1`);
      expect([url.href, answer.status]).toEqual([`http://${webHost}/things?a=1`, 200]);
      const { headers, service } = answer.body;
      const claims = JSON.parse(Buffer.from(headers.authorization.split('.')[1], 'base64url').toString('utf8'));
      expect(claims).toMatchObject({ aud: 'web', principal: { kind: 'user', tenant: world.tenantId } });
      expect([service, headers.cookie]).toEqual(['web', undefined]);
      expect([...browser.cookiesOf(webHost).keys()]).toEqual(['plinth.edge_session']);

      const tool = await browser.visit(`http://${toolHost}/`);
      expect([tool.url.hostname, tool.answer.status, tool.answer.body.code]).toEqual([
        toolHost,
        403,
        'auth.role_required',
      ]);
      await browser.open(`http://${webHost}/edge/sign-out`);
      expect((await browser.open(`http://${webHost}/things`)).status).toBe(302);
    });

    test('nobody asks the question of gateways on the host of an application', async () => {
      const claims = { 'x-forwarded-method': 'GET', 'x-forwarded-uri': '/', 'x-forwarded-for': '127.0.0.1, 127.0.0.1' };
      const headers = { authorization: `Bearer ${await gateway.caller.token()}`, ...claims };
      for (const path of [
        '/edge/verify?application=web',
        '/edge/%76erify?application=web',
        '//edge/verify?application=web',
      ]) {
        const answer = await gateway.send({ host: webHost, path, headers });
        expect([path, answer.status === 204, answer.values('authorization')]).toEqual([path, false, []]);
      }
    });

    test('a host that is no host of the platform gets 404', async () => {
      expect((await gateway.send({ host: 'elsewhere.example', path: '/api/v1/echo' })).status).toBe(404);
    });
  });
});

const both = requirePeers('caddy', 'nginx');
test.skipIf(both.skip)('two gateways count a caller together', async () => {
  const started = await Promise.all([
    startEdge('caddy', both.paths.caddy, world),
    startEdge('nginx', both.paths.nginx, world),
  ]);
  try {
    const headers = { authorization: `Bearer ${await world.createCaller().token()}` };
    const statuses: number[] = [];
    for (const index of [0, 1, 0, 1]) {
      const port = started[index]?.port ?? 0;
      statuses.push((await sendRequest(port, { path: '/api/v1/echo/limited', headers }, apiHost)).status);
    }
    expect(statuses).toEqual([200, 200, 200, 429]);
  } finally {
    for (const edge of started) await edge.stop();
  }
});
