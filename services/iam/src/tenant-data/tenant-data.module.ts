import { createTenantData } from '@plinth/common';
import type { IamCore, IamModule } from '../core.ts';
import { tenantTables } from './tenant-tables.ts';

export function createTenantDataModule({ database }: IamCore): IamModule {
  return { contract: createTenantData({ database, tables: tenantTables }) };
}
