import type { ServiceManifest } from '@plinth/contracts';
import { manifest as account } from '@plinth/account/manifest';
import { manifest as audit } from '@plinth/audit/manifest';
import { manifest as iam } from '@plinth/iam/manifest';
import { manifest as metering } from '@plinth/metering/manifest';
import { manifest as product } from '@plinth/product/manifest';
import { manifest as subscription } from '@plinth/subscription/manifest';
import { manifest as tenant } from '@plinth/tenant/manifest';

/** Manifests of all services of this code base. */
export const coreServices: readonly ServiceManifest[] = [account, audit, iam, metering, product, subscription, tenant];
