import type { ContractFunctions, iamContract } from '@plinth/contracts';
import { Database, IdempotencyInterceptor, type ServiceDependencies, type ServiceInstance } from '@plinth/common';
import { createAdministratorModule } from './administrator/administrator.module.ts';
import { createApiKeyModule } from './api-key/api-key.module.ts';
import { createAuthenticationModule } from './authentication/authentication.module.ts';
import { createCertificateModule } from './certificate/certificate.module.ts';
import { createClientModule } from './client/client.module.ts';
import { createCore, type IamCore, type IamModule } from './core.ts';
import { createEmailDomainModule } from './email-domain/email-domain.module.ts';
import { createEmailSignInModule } from './email-sign-in/email-sign-in.module.ts';
import { createDecisionModule } from './decision/decision.module.ts';
import { createFederationModule } from './federation/federation.module.ts';
import { createGroupModule } from './group/group.module.ts';
import { createIdentityProviderModule } from './identity-provider/identity-provider.module.ts';
import { createImpersonationModule } from './impersonation/impersonation.module.ts';
import { createInvitationModule } from './invitation/invitation.module.ts';
import { createMailModule } from './mail/mail.module.ts';
import { createMemberModule } from './member/member.module.ts';
import { createOpenidModule } from './openid/openid.module.ts';
import { createPageModule } from './page/page.module.ts';
import { createPasskeyModule } from './passkey/passkey.module.ts';
import { createPasswordResetModule } from './password-reset/password-reset.module.ts';
import { createRoleModule } from './role/role.module.ts';
import { createScimModule } from './scim/scim.module.ts';
import { createSecondFactorModule } from './second-factor/second-factor.module.ts';
import { createServiceAccountModule } from './service-account/service-account.module.ts';
import { createSessionModule } from './session/session.module.ts';
import { createSignInPolicyModule } from './sign-in-policy/sign-in-policy.module.ts';
import { createSubjectModule } from './subject/subject.module.ts';
import { createTenantDataModule } from './tenant-data/tenant-data.module.ts';
import { createUserDirectoryModule } from './user-directory/user-directory.module.ts';
import { createUserModule } from './user/user.module.ts';
import { createVerificationModule } from './verification/verification.module.ts';
import { createWebhookModule } from './webhook/webhook.module.ts';

class IamAppModule {}

const createModules: readonly ((core: IamCore) => IamModule)[] = [
  createAdministratorModule,
  createApiKeyModule,
  createAuthenticationModule,
  createCertificateModule,
  createClientModule,
  createEmailDomainModule,
  createEmailSignInModule,
  createDecisionModule,
  createFederationModule,
  createGroupModule,
  createIdentityProviderModule,
  createImpersonationModule,
  createInvitationModule,
  createMailModule,
  createMemberModule,
  createOpenidModule,
  createPageModule,
  createPasskeyModule,
  createPasswordResetModule,
  createRoleModule,
  createScimModule,
  createSecondFactorModule,
  createServiceAccountModule,
  createSessionModule,
  createSignInPolicyModule,
  createSubjectModule,
  createTenantDataModule,
  createUserDirectoryModule,
  createUserModule,
  createVerificationModule,
  createWebhookModule,
];

/** Puts the service together from its parts. */
export async function createApp(dependencies: ServiceDependencies): Promise<ServiceInstance> {
  const core = await createCore(dependencies);
  const parts = createModules.map((create) => create(core));
  const controllers = parts.flatMap((part) => part.controllers ?? []);
  return {
    controllers,
    contract: Object.assign({}, ...parts.map((part) => part.contract)) as ContractFunctions<typeof iamContract>,
    useCases: Object.assign({}, ...parts.map((part) => part.useCases)) as NonNullable<ServiceInstance['useCases']>,
    jobs: parts.flatMap((part) => part.jobs ?? []),
    plugin: async (app) => {
      for (const part of parts) await part.plugin?.(app);
    },
    start: async () => {
      for (const part of parts) await part.start?.();
    },
    stop: async () => {
      for (const part of parts) await part.stop?.();
    },
    module: {
      module: IamAppModule,
      controllers,
      providers: [
        { provide: Database, useValue: core.database },
        IdempotencyInterceptor,
        ...parts.flatMap((part) => part.providers ?? []),
      ],
    },
  };
}
