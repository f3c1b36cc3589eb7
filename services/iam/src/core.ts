import type { Provider, Type } from '@nestjs/common';
import {
  accountContract,
  tenantContract,
  type ContractFunctions,
  type iamContract,
  type IssuersFile,
} from '@plinth/contracts';
import { loadIssuers, PlanLimits, type AnyUseCase, type JobDefinition, type ServiceDependencies } from '@plinth/common';
import type { FastifyInstance } from 'fastify';
import { AccessTokenService } from './access-token/access-token.service.ts';
import { ThrottleService } from './authentication/throttle.service.ts';
import { TrustedOrigins } from './authentication/trusted-origin.ts';
import { loadConfig, type IamConfig } from './config.ts';
import { GroupService } from './group/group.service.ts';
import { MailService } from './mail/mail.service.ts';
import { MemberService } from './member/member.service.ts';
import { Places } from './role/place.ts';
import { RoleService } from './role/role.service.ts';
import { ServiceAccountClientService } from './service-account/service-account-client.service.ts';
import { SessionService } from './session/session.service.ts';
import { SigningKeyService } from './signing-key/signing-key.service.ts';

/** Where the embedded issuer is mounted. */
export const issuerPath = '/api/v1/auth';
/** Who the platform's access tokens are for. */
export const apiAudience = 'plinth-api';

/** What every part of the service builds on. */
export interface IamCore extends ServiceDependencies {
  readonly config: IamConfig;
  readonly issuer: string;
  /** Issuers beside the embedded one. */
  readonly issuers: IssuersFile;
  readonly sessions: SessionService;
  readonly throttle: ThrottleService;
  readonly mails: MailService;
  readonly keys: SigningKeyService;
  readonly tokens: AccessTokenService;
  readonly limits: PlanLimits;
  readonly members: MemberService;
  readonly roles: RoleService;
  readonly groups: GroupService;
  readonly places: Places;
  readonly serviceAccounts: ServiceAccountClientService;
  readonly origins: TrustedOrigins;
}

/** What one part adds to the service. */
export interface IamModule {
  readonly controllers?: readonly Type[];
  readonly providers?: readonly Provider[];
  readonly contract?: Partial<ContractFunctions<typeof iamContract>>;
  readonly useCases?: Readonly<Record<string, AnyUseCase>>;
  readonly jobs?: readonly JobDefinition[];
  readonly plugin?: (app: FastifyInstance) => Promise<void>;
  readonly start?: () => Promise<void>;
  readonly stop?: () => Promise<void>;
}

/** Builds what the parts share. */
export async function createCore(dependencies: ServiceDependencies): Promise<IamCore> {
  const { database, clock, log, environment, publicUrl, dataDirectory, mail, contracts } = dependencies;
  const config = await loadConfig(environment, publicUrl, dataDirectory);
  const { secret, cookieSecure } = config;
  const issuer = config.baseUrl + issuerPath;
  const issuers = loadIssuers(environment);
  const keys = new SigningKeyService(database, clock, secret);
  const account = contracts.client(accountContract);
  const places = new Places(account);
  const limits = new PlanLimits({ tenants: contracts.client(tenantContract), clock, log });
  const members = new MemberService({ clock, log, limits, account });
  return {
    ...dependencies,
    config,
    issuer,
    issuers,
    keys,
    sessions: new SessionService({ database, clock, secret, cookieSecure, signIn: issuers.embeddedSignIn }),
    throttle: new ThrottleService(database, clock),
    mails: new MailService({ database, clock, log, secret, transport: mail }),
    tokens: new AccessTokenService({
      keys,
      clock,
      issuer,
      audience: apiAudience,
      lifetimeSeconds: config.accessTokenLifetimeSeconds,
    }),
    limits,
    members,
    roles: new RoleService({ database, clock, places, members }),
    groups: new GroupService({ database, clock, places, members }),
    places,
    serviceAccounts: new ServiceAccountClientService(database, clock, log),
    origins: new TrustedOrigins(publicUrl, config.trustedOrigins),
  };
}
