import type { ServiceDefinition } from '@plinth/common';
import type { ServiceManifest } from '@plinth/contracts';
import { UnknownServiceError } from '../server.errors.ts';

/** The code of a service that runs in this process, or only the manifest of one that another process runs. */
interface ServiceLoader {
  readonly code: () => Promise<{ readonly service: ServiceDefinition }>;
  readonly manifest: () => Promise<{ readonly manifest: ServiceManifest }>;
}

const loaders: Readonly<Record<string, ServiceLoader>> = {
  iam: { code: () => import('@plinth/iam'), manifest: () => import('@plinth/iam/manifest') },
  tenant: { code: () => import('@plinth/tenant'), manifest: () => import('@plinth/tenant/manifest') },
  account: { code: () => import('@plinth/account'), manifest: () => import('@plinth/account/manifest') },
  product: { code: () => import('@plinth/product'), manifest: () => import('@plinth/product/manifest') },
  subscription: { code: () => import('@plinth/subscription'), manifest: () => import('@plinth/subscription/manifest') },
  metering: { code: () => import('@plinth/metering'), manifest: () => import('@plinth/metering/manifest') },
  audit: { code: () => import('@plinth/audit'), manifest: () => import('@plinth/audit/manifest') },
};

/** Names of the services that this code base has. */
export const serviceNames: readonly string[] = Object.keys(loaders);

/** Loads the code of the named services only. */
export async function loadServices(names: readonly string[]): Promise<ServiceDefinition[]> {
  return Promise.all(names.map(async (name) => (await getLoader(name).code()).service));
}

/** Loads what the named services say about themselves and none of their code, which need not be installed. */
export async function loadManifests(names: readonly string[]): Promise<ServiceManifest[]> {
  return Promise.all(names.map(async (name) => (await getLoader(name).manifest()).manifest));
}

function getLoader(name: string): ServiceLoader {
  const loader = Object.hasOwn(loaders, name) ? loaders[name] : undefined;
  if (loader === undefined) throw new UnknownServiceError(name, serviceNames);
  return loader;
}
