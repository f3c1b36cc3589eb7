import { expect, it } from 'vitest';
import { SourceLocator, type SourceReader } from './source-location.ts';

const platform = `import { manifest as iam } from '@plinth/iam/manifest';
import { definePlatform, component, nest, product } from '@plinth/delivery';

const backEnd = { limits: { cpu: '1' } };

export const platform = definePlatform({
  name: 'shop',
  services: [iam],
  applications: [nest('api', { port: 3001, resources: backEnd })],
  products: [
    product('chat', 'Chat', {
      api: { port: 3002 },
    }),
  ],
  infrastructure: [component('postgres', { maxConnections: 5 }), component('postgres', { maxConnections: 6 }, 'second')],
  environments: { production: { corsOrigins: ['https://a', '*'] } },
});
`;
const manifest = `import { defineService } from '@plinth/contracts';
export const manifest = defineService({
  name: 'iam',
  port: 3000,
});
`;
const files: Readonly<Record<string, string>> = { '/platform.ts': platform, '/iam.ts': manifest };
const reader: SourceReader = {
  read: (file) => files[file],
  resolve: (specifier) => (specifier === '@plinth/iam/manifest' ? '/iam.ts' : undefined),
};

it.each([
  ['name', '/platform.ts:7:9'],
  ['applications.api.port', '/platform.ts:9:38'],
  ['applications.api.resources.limits.cpu', '/platform.ts:4:34'],
  ['products.chat.api.port', '/platform.ts:12:20'],
  ['infrastructure.postgres.maxConnections', '/platform.ts:15:60'],
  ['infrastructure.second.maxConnections', '/platform.ts:15:106'],
  ['environments.production.corsOrigins.1', '/platform.ts:16:60'],
  ['services.iam.port', '/iam.ts:4:9'],
])('finds %s at %s', (path, place) => {
  const { file, line, column } = new SourceLocator(reader).locate('/platform.ts', path.split('.'));
  expect(`${file}:${line}:${column}`).toBe(place);
});

it('points to what stands around a value that is not written down', () => {
  const { line, column } = new SourceLocator(reader).locate('/platform.ts', ['applications', 'api', 'health']);
  expect([line, column]).toEqual([9, 18]);
});
