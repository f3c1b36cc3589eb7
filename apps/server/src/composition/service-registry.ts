import type { ServiceDefinition } from '@plinth/common';
import { UnknownServiceError } from '../server.errors.ts';

const loaders: Readonly<Record<string, () => Promise<{ service: ServiceDefinition }>>> = {
  iam: () => import('@plinth/iam'),
  tenant: () => import('@plinth/tenant'),
  account: () => import('@plinth/account'),
  product: () => import('@plinth/product'),
  subscription: () => import('@plinth/subscription'),
  metering: () => import('@plinth/metering'),
  audit: () => import('@plinth/audit'),
};

/** Names of the services that this code base has. */
export const serviceNames: readonly string[] = Object.keys(loaders);

/** Loads the code of the named services only. */
export async function loadServices(names: readonly string[]): Promise<ServiceDefinition[]> {
  return Promise.all(
    names.map(async (name) => {
      const load = Object.hasOwn(loaders, name) ? loaders[name] : undefined;
      if (load === undefined) throw new UnknownServiceError(name, serviceNames);
      return (await load()).service;
    }),
  );
}
