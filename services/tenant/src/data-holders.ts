import {
  accountContract,
  auditContract,
  iamContract,
  meteringContract,
  productContract,
  subscriptionContract,
  tenantContract,
  type ContractFunctions,
  type ServiceContract,
  type tenantDataProcedures,
} from '@plinth/contracts';
import type { ContractClients } from '@plinth/common';

/** A service that holds rows of tenants. */
export interface DataHolder {
  readonly service: string;
  readonly functions: ContractFunctions<ServiceContract<typeof tenantDataProcedures>>;
}

/**
 * Every service that holds rows of tenants, in the order in which a deletion goes through them: first who may act, at
 * the end the trail of what was done and the tenant itself.
 */
export function listDataHolders(contracts: ContractClients): DataHolder[] {
  return [
    { service: 'iam', functions: contracts.client(iamContract) },
    { service: 'subscription', functions: contracts.client(subscriptionContract) },
    { service: 'metering', functions: contracts.client(meteringContract) },
    { service: 'product', functions: contracts.client(productContract) },
    { service: 'account', functions: contracts.client(accountContract) },
    { service: 'audit', functions: contracts.client(auditContract) },
    { service: 'tenant', functions: contracts.client(tenantContract) },
  ];
}
