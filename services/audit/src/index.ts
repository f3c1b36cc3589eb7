import { packagePath, type ServiceDefinition } from '@plinth/common';
import { manifest } from '../service.manifest.ts';
import { createApp } from './app.module.ts';

export {
  verifyAuditChains,
  type AuditVerification,
  type TenantVerification,
  type VerifyAuditChainsOptions,
} from './trail/chain.service.ts';
export { platformChainId, type ChainHead, type Entry } from './trail/entry.ts';
export { parseJsonLine } from './trail/export-format.ts';
export { verifyChain, type ChainFault, type ChainVerification, type ExpectedChain } from './verify-chain.ts';

export const service: ServiceDefinition = {
  manifest,
  migrations: packagePath(import.meta.url, 'migrations/'),
  create: createApp,
};
