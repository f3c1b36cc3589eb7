import { defineContract } from '../service-contract.ts';
import { tenantDataProcedures } from '../tenant-data.ts';

/** What other services may ask of the audit service. */
export const auditContract = defineContract('audit', { ...tenantDataProcedures });
