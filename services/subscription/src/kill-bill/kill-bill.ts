import type { MirrorStep } from './mirror-steps.ts';

/** Where a tenant's Kill Bill is and how far the mirror has come; without its secrets. */
export interface KillBillConnection {
  readonly baseUrl: string;
  readonly user: string;
  readonly apiKey: string;
  readonly enabled: boolean;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly catalogueUploads: number;
  readonly mirroredAt: Date | null;
  readonly lastError: string | null;
}

/** What is known of one track of a subscription at Kill Bill. */
export interface MirroredSubscription {
  readonly subscriptionId: string;
  readonly track: string;
  readonly accountId: string;
  readonly killBillId: string | null;
  readonly told: readonly MirrorStep[];
  readonly nextStepAt: Date | null;
  readonly seenVersion: number;
  readonly problem: string | null;
}

/** What a run of the mirror did. */
export interface MirrorSummary {
  readonly catalogueUploaded: boolean;
  readonly accounts: number;
  readonly steps: number;
  readonly usages: number;
  readonly invoices: number;
  /** Of subscriptions, for one of which Kill Bill refused something; they are tried again. */
  readonly failed: number;
}
