import { expect, it } from 'vitest';
import { caddy } from '../../catalogue/01-gateway/caddy.ts';
import { nginx } from '../../catalogue/01-gateway/nginx.ts';
import { traefik } from '../../catalogue/01-gateway/traefik.ts';
import { edgePorts } from './gateway-model.ts';

it.each([traefik, caddy, nginx])('$name listens where its entry in the catalogue says', ({ containers }) => {
  const [{ ports, published }] = containers;
  const byName = Object.fromEntries(ports.map(({ name, port }) => [name, port]));
  expect(byName).toEqual({ http: edgePorts.http, https: edgePorts.https, admin: edgePorts.admin });
  expect(published).toEqual([
    { hostPort: 80, port: edgePorts.http },
    { hostPort: 443, port: edgePorts.https },
  ]);
});
