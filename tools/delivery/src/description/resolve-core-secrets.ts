import type { SecretDefinition } from '../model/platform-model.ts';
import { endpointOf, type Component } from './component-index.ts';
import type { DatabaseRequest } from './databases.ts';
import type { CoreInput } from './resolve-core.ts';
import { surroundingSecrets } from './resolve-core-edge.ts';

/** Which secret a secret variable of a core workload takes; undefined: this workload does without. */
export function coreSecretOf(workload: string, pastPool = false): (variable: string) => string | undefined {
  return (variable) => {
    if (variable === 'DATABASE_URL' && pastPool) return 'database-session-url';
    if (variable === 'DATABASE_MIGRATION_URL') return workload === 'migrate' ? 'database-migration-url' : undefined;
    // Migrations need the names of variables only, no service's secrets.
    if (workload === 'migrate' && !['DATABASE_URL', 'PLINTH_INTERNAL_SECRET'].includes(variable)) return undefined;
    return variable
      .replace(/^PLINTH_/, '')
      .toLowerCase()
      .replaceAll('_', '-');
  };
}

/** Secrets of the core services: generated ones, and the database addresses that are put together from them. */
export function coreSecrets(input: CoreInput): Omit<SecretDefinition, 'workloads'>[] {
  const { database, pool, manifests } = input;
  if (manifests.length === 0) return [];
  const address = (role: string, component: Component | undefined) => {
    const { host, port } = component === undefined ? { host: '', port: 5432 } : endpointOf(component);
    return `postgres://${role}:\${${role.replace('_', '-')}-password}@${host}:${port}/plinth`;
  };
  return [
    {
      name: 'database-url',
      doc: 'database as the services use it',
      source: 'derived',
      template: address('plinth_app', pool),
    },
    {
      name: 'database-session-url',
      doc: 'database past the pool, for sessions with settings of their own',
      source: 'derived',
      template: address('plinth_app', database),
    },
    {
      name: 'database-migration-url',
      doc: 'database as the role that owns the schemas',
      source: 'derived',
      template: address('plinth_owner', database),
    },
    { name: 'plinth-app-password', doc: 'password of the role plinth_app', source: 'generated' },
    { name: 'plinth-owner-password', doc: 'password of the role plinth_owner', source: 'generated' },
    { name: 'internal-secret', doc: 'signs calls between the processes', source: 'generated' },
    ...surroundingSecrets(input.surroundings),
    ...manifests
      .flatMap(({ name, variables }) => variables.map((variable) => ({ name, variable })))
      .filter(({ variable }) => variable.secret === true)
      .map(({ name, variable }) => ({
        name: coreSecretOf(name)(variable.name) ?? '',
        doc: variable.doc,
        source: 'generated' as const,
      })),
  ];
}

/** The database of the core services: one that migrations own, and a role that may do no more than the services. */
export function coreDatabases(input: CoreInput): DatabaseRequest[] {
  if (input.manifests.length === 0) return [];
  return [
    {
      database: 'plinth',
      role: 'plinth_owner',
      passwordSecret: 'plinth-owner-password',
      attributes: 'CREATEROLE',
      guests: [{ role: 'plinth_app', passwordSecret: 'plinth-app-password' }],
    },
  ];
}
