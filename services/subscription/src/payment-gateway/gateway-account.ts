/** An account of the tenant at a payment gateway. */
export interface GatewayAccount {
  readonly id: string;
  readonly tenantId: string;
  readonly gateway: 'stripe';
  readonly name: string;
  /** Null: for what every legal entity bills. */
  readonly legalEntityId: string | null;
  /** What the gateway's code in a browser needs; no secret. */
  readonly publishableKey: string | null;
  readonly hasWebhookSecret: boolean;
  readonly enabled: boolean;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
