import { builtInRoles, type ContractFunctions, type iamContract } from '@plinth/contracts';
import {
  Database,
  IdempotencyInterceptor,
  InvalidInputError,
  type ServiceDependencies,
  type ServiceInstance,
} from '@plinth/common';
import { AdministratorService } from './administrator/administrator.service.ts';
import { ApiKeyController } from './api-key/api-key.controller.ts';
import { ApiKeyService } from './api-key/api-key.service.ts';
import { authenticationPlugin } from './authentication/authentication-plugin.ts';
import { AuthenticationService } from './authentication/authentication.service.ts';
import { createIdentityPool } from './authentication/identity-pool.ts';
import {
  createIdentityProvider,
  sessionIdleSeconds,
  sessionRefreshSeconds,
  type AccessTokenClaims,
} from './authentication/identity-provider.ts';
import { loadConfig } from './config.ts';
import { PermissionController } from './permission/permission.controller.ts';
import { GrantOwnerRole } from './role/grant-owner-role.consumer.ts';
import { resolveMembership } from './role/role.ts';
import { RoleController } from './role/role.controller.ts';
import { RoleService } from './role/role.service.ts';
import { sessionCookieName } from './session/session-cookie.ts';
import { SessionController } from './session/session.controller.ts';
import { TenantNotOwnError } from './session/session.errors.ts';
import { SessionService } from './session/session.service.ts';
import { UserController } from './user/user.controller.ts';
import { UserService } from './user/user.service.ts';

class IamAppModule {}

const basePath = '/api/v1/auth';
const audience = 'plinth-api';

/** Puts the service together. */
export async function createApp(dependencies: ServiceDependencies): Promise<ServiceInstance> {
  const { database, clock, log, environment, publicUrl, dataDirectory } = dependencies;
  const config = await loadConfig(environment, publicUrl, dataDirectory);
  const { secret, cookieSecure } = config;
  const roles = new RoleService(database, clock);
  const users = new UserService(database, roles);
  const apiKeys = new ApiKeyService(database, clock, log);
  const sessions = new SessionService({
    database,
    secret,
    cookieSecure,
    idleSeconds: sessionIdleSeconds,
    refreshSeconds: sessionRefreshSeconds,
  });
  const identityPool = createIdentityPool(database.pool, log);
  const provider = createIdentityProvider({
    ...config,
    pool: identityPool,
    basePath,
    audience,
    definePayload: (user, requestedTenant) => defineClaims(roles, user, requestedTenant),
    onError: (message, detail) => log.error({ detail: detail.map(String) }, message),
  });
  const authentication = new AuthenticationService({ database, clock, provider, basePath });
  const administrators = new AdministratorService({
    database,
    clock,
    log,
    dataDirectory,
    email: config.initialAdminEmail,
    password: config.initialAdminPassword,
  });
  const controllers = [UserController, RoleController, PermissionController, ApiKeyController, SessionController];
  return {
    controllers,
    contract: createContract({ roles, apiKeys, sessions, authentication }),
    useCases: { GrantOwnerRole: new GrantOwnerRole(roles) },
    jobs: [
      {
        name: 'iam.clean-up',
        schedule: '*/15 * * * *',
        run: async () => {
          await sessions.removeEnded();
          await authentication.removeForgotten();
        },
      },
    ],
    plugin: async (app) => {
      await app.register(authenticationPlugin, {
        authentication,
        basePath,
        sessionCookie: sessionCookieName(cookieSecure),
        log,
      });
    },
    start: () => administrators.ensureFirst(),
    stop: async () => {
      await apiKeys.flushUses();
      await identityPool.end();
    },
    module: {
      module: IamAppModule,
      controllers,
      providers: [
        { provide: Database, useValue: database },
        { provide: UserService, useValue: users },
        { provide: RoleService, useValue: roles },
        { provide: ApiKeyService, useValue: apiKeys },
        { provide: SessionService, useValue: sessions },
        IdempotencyInterceptor,
      ],
    },
  };
}

interface ContractServices {
  readonly roles: RoleService;
  readonly apiKeys: ApiKeyService;
  readonly sessions: SessionService;
  readonly authentication: AuthenticationService;
}

function createContract({
  roles,
  apiKeys,
  sessions,
  authentication,
}: ContractServices): ContractFunctions<typeof iamContract> {
  return {
    authenticateSession: async ({ cookie, requestedTenant }) =>
      (await sessions.authenticate(cookie, requestedTenant)) ?? null,
    authenticateApiKey: async ({ key }) => (await apiKeys.authenticate(key)) ?? null,
    listSigningKeys: async () => ({ keys: await authentication.listSigningKeys() }),
    grantRole: async (input) => {
      if (!(builtInRoles as readonly string[]).includes(input.role)) {
        throw new InvalidInputError([{ path: '/role', message: `must be one of ${builtInRoles.join(', ')}` }]);
      }
      return { granted: await roles.grantRole(input) };
    },
  };
}

async function defineClaims(
  roles: RoleService,
  user: { id: string; email: string },
  requestedTenant: string | undefined,
): Promise<AccessTokenClaims> {
  const membership = resolveMembership(await roles.listGrants(user.id), requestedTenant);
  if (membership === undefined) throw new TenantNotOwnError(requestedTenant!);
  return {
    ...(membership.tenant === undefined ? {} : { tenant_id: membership.tenant }),
    ...(membership.organization === undefined ? {} : { organization_id: membership.organization }),
    roles: membership.roles,
    email: user.email,
  };
}
