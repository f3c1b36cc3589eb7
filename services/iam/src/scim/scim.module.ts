import type { IamCore, IamModule } from '../core.ts';
import type { ResourceEndpoint } from './resource-routes.ts';
import { toGroupResource, toUserResource } from './resource-response.ts';
import { groupKind, userKind } from './schema.ts';
import { ScimAccountService } from './scim-account.service.ts';
import { ScimGroupService } from './scim-group.service.ts';
import { scimPlugin } from './scim-plugin.ts';
import { ScimUserService } from './scim-user.service.ts';

export function createScimModule(core: IamCore): IamModule {
  const { database, clock, roles, members, groups, log, config } = core;
  const base = `${config.baseUrl}/api/v1/scim/v2`;
  const users = new ScimUserService({ database, clock, roles, members, accounts: new ScimAccountService(clock) });
  const endpoints = [userEndpoint(base, users), groupEndpoint(base, new ScimGroupService(database, groups))];
  return { plugin: async (app) => void (await app.register(scimPlugin, { base, log, endpoints })) };
}

function userEndpoint(base: string, users: ScimUserService): ResourceEndpoint {
  return {
    kind: userKind,
    list: async (tenantId, query) => {
      const { total, users: found } = await users.list(tenantId, query);
      return { total, resources: found.map((user) => toUserResource(base, user)) };
    },
    get: async (tenantId, id) => toUserResource(base, await users.get(tenantId, id)),
    create: async (caller, input) => toUserResource(base, await users.create(caller, input)),
    replace: async (caller, id, input, condition) =>
      toUserResource(base, await users.replace(caller, id, input, condition)),
    patch: async (caller, id, operations, condition) =>
      toUserResource(base, await users.patch(caller, id, operations, condition)),
    remove: (tenantId, id, condition) => users.remove(tenantId, id, condition),
  };
}

function groupEndpoint(base: string, groups: ScimGroupService): ResourceEndpoint {
  return {
    kind: groupKind,
    list: async (tenantId, query, { attributes, excluded }) => {
      const names = (attributes.length > 0 ? attributes : excluded).map((name) => name.toLowerCase());
      // Directories leave members out of lists, because groups are large.
      const isNamed = names.some((name) => /(^|:)members(\.|$)/.test(name));
      const withMembers = attributes.length > 0 ? isNamed || names.some((name) => name.startsWith('meta')) : !isNamed;
      const { total, groups: found } = await groups.list(tenantId, query, withMembers);
      return { total, resources: found.map((group) => toGroupResource(base, group)) };
    },
    get: async (tenantId, id) => toGroupResource(base, await groups.get(tenantId, id)),
    create: async (caller, input) => toGroupResource(base, await groups.create(caller, input)),
    replace: async (caller, id, input, condition) =>
      toGroupResource(base, await groups.replace(caller, id, input, condition)),
    patch: async (caller, id, operations, condition) =>
      toGroupResource(base, await groups.patch(caller, id, operations, condition)),
    remove: (tenantId, id, condition) => groups.remove(tenantId, id, condition),
  };
}
