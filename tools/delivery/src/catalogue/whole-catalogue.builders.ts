import { component, definePlatform, type PlatformDescription } from '../description/platform-description.ts';
import { catalogue, type ComponentName } from './catalogue.ts';

/** One of each kind: with two databases or caches it would be open whom a requirement means. */
const doubles: readonly ComponentName[] = ['postgres', 'redis'];

/** Platforms that together have every component of the catalogue. */
export function describeWholeCatalogue(): readonly PlatformDescription[] {
  const names = (Object.keys(catalogue) as ComponentName[]).filter((name) => !doubles.includes(name));
  const everything = definePlatform({
    name: 'everything',
    domain: 'example.com',
    registry: 'registry.example.com/team',
    version: '1.0.0',
    targets: ['compose', 'kustomize'],
    infrastructure: names.map((name) => component(name)),
    environments: { development: {}, production: {} },
  });
  const doubled = definePlatform({
    ...everything,
    name: 'doubles',
    infrastructure: doubles.map((name) => component(name)),
  });
  return [everything, doubled];
}
