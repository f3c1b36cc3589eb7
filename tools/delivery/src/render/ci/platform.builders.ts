import type { ImageBuild, ResolvedPlatform, Workload } from '../../model/platform-model.ts';
import type { RenderInput } from '../renderer.ts';

/** A workload as far as pipelines look at it. */
export function buildWorkload(name: string, build: Partial<ImageBuild> = {}): Workload {
  return {
    name,
    image: `registry.example.com/team/${name}:1.0.0`,
    build: {
      dockerfile: `images/${name}/Dockerfile`,
      folder: `services/${name}`,
      packageName: `@plinth/${name}`,
      type: 'plinth',
      ...build,
    },
    ports: [],
    runsOnce: name === 'migrate',
  } as unknown as Workload;
}

/** A platform of three environments with two services, a gateway and an application. */
export function buildRenderInput(changes: Partial<ResolvedPlatform> = {}): RenderInput {
  const names = changes.environments ?? ['development', 'staging', 'production'];
  const environments = names.map(
    (environment) =>
      ({
        name: 'shop',
        title: 'Shop',
        environment,
        environments: names,
        domain: `${environment}.example.com`,
        scheme: 'https',
        registry: 'registry.example.com/team',
        targets: ['ci', 'helm', 'kustomize'],
        products: [],
        workspace: [{ folder: 'apps/web', dependencies: ['libs/contracts'], buildDependencies: [] }],
        routes: [{ host: `api.${environment}.example.com`, workload: 'gateway' }],
        gitOps: { repository: 'https://git.example.com/team/deploy.git', branch: 'main' },
        workloads: [
          buildWorkload('iam'),
          buildWorkload('metering'),
          buildWorkload('gateway', { folder: 'apps/cli', packageName: '@plinth/cli' }),
          buildWorkload('migrate', { folder: 'apps/cli', packageName: '@plinth/cli' }),
          buildWorkload('web', { folder: 'apps/web', packageName: '@plinth/web', type: 'vite' }),
        ],
        ...changes,
      }) as unknown as ResolvedPlatform,
  );
  return { platform: environments[0]!, environments };
}
