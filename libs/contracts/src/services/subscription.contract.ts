import { defineContract } from '../service-contract.ts';
import { tenantDataProcedures } from '../tenant-data.ts';

/** What other services may ask of the subscription service. */
export const subscriptionContract = defineContract('subscription', { ...tenantDataProcedures });
