// Generated from docs/reference/openapi.json by "npm run generate".

/** Input and response of each operation by its id. */
export interface Operations {
  /** Activate a suspended tenant */
  activateTenant: {
    input: {
      params: {
        /** UUIDv7 */
        tenantId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      organizationId: string;
      name: string;
      region: string;
      status: "active" | "suspended" | "closing" | "deleted";
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Give a user a role in the tenant; one that they have already is returned as it is */
  assignRole: {
    input: {
      body: {
        /** UUIDv7 */
        userId?: string;
        email?: string;
        role: "platform_admin" | "org_admin" | "org_member";
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      userId: string;
      email: string;
      name: string;
      role: "platform_admin" | "org_admin" | "org_member";
      createdAt: string;
    };
  };
  /** Cancel a subscription now or at the end of the period */
  cancelSubscription: {
    input: {
      params: {
        /** UUIDv7 */
        subscriptionId: string;
      };
      body: {
        when: "now" | "period_end";
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      accountId: string;
      /** UUIDv7 */
      planId: string;
      planVersion: number;
      quantity: number;
      currency: string;
      timeZone: string;
      period: {
        unit: "day" | "week" | "month" | "year";
        count: number;
      };
      status: "active" | "canceled";
      /** calendar date in the account's time zone */
      startsOn: string;
      /** first date that is no longer subscribed */
      endsOn: string | null;
      endsAt: string | null;
      nextBillingAt: string | null;
      phases: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        planId: string;
        planVersion: number;
        quantity: number;
        /** calendar date in the account's time zone */
        from: string;
        /** first date that is no longer in the phase */
        to: string | null;
      })[];
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Change plan, version or seats now or at the end of the period */
  changeSubscription: {
    input: {
      params: {
        /** UUIDv7 */
        subscriptionId: string;
      };
      body: {
        /** UUIDv7 */
        planId: string;
        planVersion?: number;
        /** unchanged when absent */
        quantity?: number;
        when: "now" | "period_end";
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      accountId: string;
      /** UUIDv7 */
      planId: string;
      planVersion: number;
      quantity: number;
      currency: string;
      timeZone: string;
      period: {
        unit: "day" | "week" | "month" | "year";
        count: number;
      };
      status: "active" | "canceled";
      /** calendar date in the account's time zone */
      startsOn: string;
      /** first date that is no longer subscribed */
      endsOn: string | null;
      endsAt: string | null;
      nextBillingAt: string | null;
      phases: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        planId: string;
        planVersion: number;
        quantity: number;
        /** calendar date in the account's time zone */
        from: string;
        /** first date that is no longer in the phase */
        to: string | null;
      })[];
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Ask whether the caller holds one permission, or each of several */
  checkPermissions: {
    input: {
      body: {
        permission?: "user:read" | "user:write" | "role:read" | "role:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "audit:read";
        permissions?: ("user:read" | "user:write" | "role:read" | "role:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "audit:read")[];
      };
    };
    response: {
      /** whether all of them are held */
      allowed: boolean;
      results: ({
        permission: "user:read" | "user:write" | "role:read" | "role:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "audit:read";
        allowed: boolean;
      })[];
    };
  };
  /** Create a customer account */
  createAccount: {
    input: {
      body: {
        /** the id when absent */
        key?: string;
        name: string;
        email?: string | null;
        currency?: string;
        timeZone?: string;
        metadata?: Record<string, string | number | boolean>;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** the tenant's own name for the account, unique in the tenant */
      key: string;
      name: string;
      email: string | null;
      currency: string;
      timeZone: string;
      metadata: Record<string, string | number | boolean>;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Create up to 1000 accounts unless their key exists; answers in the order of the request */
  createAccounts: {
    input: {
      body: {
        accounts: ({
          /** the id when absent */
          key?: string;
          name: string;
          email?: string | null;
          currency?: string;
          timeZone?: string;
          metadata?: Record<string, string | number | boolean>;
        })[];
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      data: {
        key: string;
        /** UUIDv7 */
        id: string;
        created: boolean;
      }[];
    };
  };
  /** Make an API key; the key is in this answer and never shown again */
  createApiKey: {
    input: {
      body: {
        name: string;
        scopes: ("user:read" | "user:write" | "role:read" | "role:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "audit:read")[];
        expiresAt?: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      name: string;
      prefix: string;
      scopes: ("user:read" | "user:write" | "role:read" | "role:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "audit:read")[];
      /** UUIDv7 */
      createdBy: string;
      createdAt: string;
      expiresAt: string | null;
      revokedAt: string | null;
      lastUsedAt: string | null;
      key: string;
    };
  };
  /** Create a division below the organization or another division */
  createDivision: {
    input: {
      body: {
        name: string;
        parentId?: string | null;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      organizationId: string;
      /** null: directly below the organization */
      parentId: string | null;
      name: string;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Create a feature of a product */
  createFeature: {
    input: {
      body: {
        key: string;
        name: string;
        /** UUIDv7 */
        productId: string;
        type: "boolean" | "limit" | "metered";
        meter?: string;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      productId: string;
      key: string;
      name: string;
      type: "boolean" | "limit" | "metered";
      meter: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Create a meter */
  createMeter: {
    input: {
      body: {
        key: string;
        name: string;
        eventType: string;
        aggregation: "count" | "sum" | "max" | "last" | "unique_count";
        valueProperty?: string;
        unit?: string;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      key: string;
      name: string;
      eventType: string;
      aggregation: "count" | "sum" | "max" | "last" | "unique_count";
      valueProperty: string | null;
      unit: string | null;
      archived: boolean;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Create an organization with a tenant of its own; the caller becomes its administrator */
  createOrganization: {
    input: {
      body: {
        name: string;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      tenantId: string;
      name: string;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Create a plan with its first version of prices */
  createPlan: {
    input: {
      body: {
        key: string;
        name: string;
        /** UUIDv7 */
        productId: string;
        currency: string;
        period: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
        prices: ({
          key: string;
          description: string;
          model: {
            model: "flat";
            amount: string;
            timing: "advance" | "arrears";
          } | {
            model: "per_unit";
            unitAmount: string;
            /** key of the meter */
            meter?: string;
          } | {
            model: "graduated";
            tiers: ({
              upTo: string | null;
              /** major units, for example "0.0005" */
              unitAmount: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** key of the meter */
            meter?: string;
          } | {
            model: "volume";
            tiers: ({
              upTo: string | null;
              /** major units, for example "0.0005" */
              unitAmount: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** key of the meter */
            meter?: string;
          } | {
            model: "package";
            packageSize: string;
            packageAmount: string;
            freeUnits?: string;
            rounding?: "up" | "down";
            /** key of the meter */
            meter?: string;
          };
        })[];
        entitlements?: ({
          /** key of a feature of the same product */
          feature: string;
          /** true or false of a boolean feature, a decimal as text of a limit or a metered one */
          value: boolean | string;
        })[];
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      productId: string;
      key: string;
      name: string;
      archived: boolean;
      planVersion: number;
      currency: string;
      period: {
        unit: "day" | "week" | "month" | "year";
        count: number;
      };
      prices: ({
        /** UUIDv7 */
        id: string;
        key: string;
        description: string;
        model: {
          model: "flat";
          amount: string;
          timing: "advance" | "arrears";
        } | {
          model: "per_unit";
          unitAmount: string;
          /** key of the meter */
          meter?: string;
        } | {
          model: "graduated";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** key of the meter */
          meter?: string;
        } | {
          model: "volume";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** key of the meter */
          meter?: string;
        } | {
          model: "package";
          packageSize: string;
          packageAmount: string;
          freeUnits?: string;
          rounding?: "up" | "down";
          /** key of the meter */
          meter?: string;
        };
      })[];
      entitlements: ({
        /** key of a feature of the same product */
        feature: string;
        /** true or false of a boolean feature, a decimal as text of a limit or a metered one */
        value: boolean | string;
      })[];
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Create a product */
  createProduct: {
    input: {
      body: {
        key: string;
        name: string;
        description?: string;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      key: string;
      name: string;
      description: string | null;
      archived: boolean;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Subscribe an account to a plan */
  createSubscription: {
    input: {
      body: {
        /** UUIDv7 */
        accountId: string;
        /** UUIDv7 */
        planId: string;
        /** the newest published one when absent */
        planVersion?: number;
        /** today when absent; may lie in the past */
        startsOn?: string;
        /** first date that is no longer subscribed; without an end when absent */
        endsOn?: string;
        /** seats */
        quantity?: number;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      accountId: string;
      /** UUIDv7 */
      planId: string;
      planVersion: number;
      quantity: number;
      currency: string;
      timeZone: string;
      period: {
        unit: "day" | "week" | "month" | "year";
        count: number;
      };
      status: "active" | "canceled";
      /** calendar date in the account's time zone */
      startsOn: string;
      /** first date that is no longer subscribed */
      endsOn: string | null;
      endsAt: string | null;
      nextBillingAt: string | null;
      phases: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        planId: string;
        planVersion: number;
        quantity: number;
        /** calendar date in the account's time zone */
        from: string;
        /** first date that is no longer in the phase */
        to: string | null;
      })[];
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Subscribe up to 500 accounts, with an answer for each */
  createSubscriptions: {
    input: {
      body: {
        items: {
          /** UUIDv7 */
          accountId: string;
          /** UUIDv7 */
          planId: string;
          /** the newest published one when absent */
          planVersion?: number;
          /** today when absent; may lie in the past */
          startsOn?: string;
          /** first date that is no longer subscribed; without an end when absent */
          endsOn?: string;
          /** seats */
          quantity?: number;
        }[];
        unlessSubscribed?: boolean;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      items: ({
        status: "created" | "existing" | "refused";
        /** UUIDv7 */
        subscriptionId?: string;
        error?: {
          code: string;
          detail: string;
        };
      })[];
    };
  };
  /** Delete a division that has none below it */
  deleteDivision: {
    input: {
      params: {
        /** UUIDv7 */
        divisionId: string;
      };
    };
    response: undefined;
  };
  /** Export the audit trail, oldest first */
  exportAuditTrail: {
    input: {
      query?: {
        /** the own tenant's chain, or the platform's for its operator */
        chain?: "tenant" | "platform";
        format?: "jsonl" | "csv";
        /** first moment, included */
        from?: string;
        /** last moment, not included */
        to?: string;
      };
    };
    response: string;
  };
  /** Give a draft its number; from then on it never changes */
  finalizeInvoice: {
    input: {
      params: {
        /** UUIDv7 */
        invoiceId: string;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** without gaps in the tenant; null for a draft */
      number: string | null;
      /** UUIDv7 */
      accountId: string;
      /** UUIDv7 */
      subscriptionId: string;
      /** the k-th billing closes period k - 1 and charges period k in advance */
      billingIndex: number;
      billedAt: string;
      currency: string;
      timeZone: string;
      status: "draft" | "finalized" | "paid" | "void";
      /** sum of the rounded lines, in the smallest unit */
      totalMinor: string;
      lineCount: number;
      version: number;
      createdAt: string;
      updatedAt: string;
      finalizedAt: string | null;
      paidAt: string | null;
      voidedAt: string | null;
    };
  };
  /** Get a customer account */
  getAccount: {
    input: {
      params: {
        /** UUIDv7 */
        accountId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** the tenant's own name for the account, unique in the tenant */
      key: string;
      name: string;
      email: string | null;
      currency: string;
      timeZone: string;
      metadata: Record<string, string | number | boolean>;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Get an API key */
  getApiKey: {
    input: {
      params: {
        /** UUIDv7 */
        apiKeyId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      name: string;
      prefix: string;
      scopes: ("user:read" | "user:write" | "role:read" | "role:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "audit:read")[];
      /** UUIDv7 */
      createdBy: string;
      createdAt: string;
      expiresAt: string | null;
      revokedAt: string | null;
      lastUsedAt: string | null;
    };
  };
  /** Get an audit entry */
  getAuditEntry: {
    input: {
      params: {
        /** UUIDv7 */
        entryId: string;
      };
      query?: {
        /** the own tenant's chain, or the platform's for its operator */
        chain?: "tenant" | "platform";
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** place in the chain: from 1 without gaps */
      sequence: string;
      occurredAt: string;
      actor: {
        kind: string;
        id: string;
        email?: string;
      };
      action: string;
      resource: {
        type: string;
        id: string;
      };
      service: string;
      context?: unknown;
      before?: unknown;
      after?: unknown;
      /** SHA-256, hexadecimal; zeros before the first entry */
      previousHash: string;
      hash: string;
    };
  };
  /** An account's usage by meter since a period's start */
  getCurrentUsage: {
    input: {
      query: {
        /** UUIDv7 */
        accountId: string;
        from: string;
        meter?: string;
      };
    };
    response: {
      /** UUIDv7 */
      accountId: string;
      from: string;
      to: string;
      data: ({
        meter: string;
        aggregation: string;
        unit: string | null;
        quantity: string;
      })[];
    };
  };
  /** Get a division */
  getDivision: {
    input: {
      params: {
        /** UUIDv7 */
        divisionId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      organizationId: string;
      /** null: directly below the organization */
      parentId: string | null;
      name: string;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Get a feature */
  getFeature: {
    input: {
      params: {
        /** UUIDv7 */
        featureId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      productId: string;
      key: string;
      name: string;
      type: "boolean" | "limit" | "metered";
      meter: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Get an invoice with its first 200 lines */
  getInvoice: {
    input: {
      params: {
        /** UUIDv7 */
        invoiceId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** without gaps in the tenant; null for a draft */
      number: string | null;
      /** UUIDv7 */
      accountId: string;
      /** UUIDv7 */
      subscriptionId: string;
      /** the k-th billing closes period k - 1 and charges period k in advance */
      billingIndex: number;
      billedAt: string;
      currency: string;
      timeZone: string;
      status: "draft" | "finalized" | "paid" | "void";
      /** sum of the rounded lines, in the smallest unit */
      totalMinor: string;
      lineCount: number;
      version: number;
      createdAt: string;
      updatedAt: string;
      finalizedAt: string | null;
      paidAt: string | null;
      voidedAt: string | null;
      lines: ({
        position: number;
        /** subscription/phase/price/plan version/period/kind: the same whenever it is billed */
        key: string;
        kind: "recurring" | "usage" | "adjustment";
        description: string;
        /** UUIDv7 */
        planId: string;
        planVersion: number;
        /** UUIDv7 */
        priceId: string;
        priceKey: string;
        meter: string | null;
        /** as metered or subscribed */
        quantityRaw: string;
        /** as charged */
        quantityBilled: string;
        /** what the amount is recomputed from: unit amounts, tiers, proration */
        detail: Record<string, unknown>;
        /** major units before rounding */
        amount: string;
        amountMinor: string;
        periodStart: string;
        periodEnd: string;
      })[];
      /** cursor of GET /invoices/:invoiceId/lines for the rest */
      nextLinesCursor: string | null;
    };
  };
  /** Get a meter */
  getMeter: {
    input: {
      params: {
        /** UUIDv7 */
        meterId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      key: string;
      name: string;
      eventType: string;
      aggregation: "count" | "sum" | "max" | "last" | "unique_count";
      valueProperty: string | null;
      unit: string | null;
      archived: boolean;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Get the organization of the caller's tenant */
  getOrganization: {
    input: {
      params: {
        /** UUIDv7 */
        organizationId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      tenantId: string;
      name: string;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Get the caller's profile */
  getOwnProfile: {
    input: {};
    response: {
      /** UUIDv7 */
      id: string;
      userId: string;
      email: string;
      displayName: string;
      locale: string;
      timeZone: string;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Get the signed-in user with their tenants and roles */
  getOwnUser: {
    input: {};
    response: {
      /** UUIDv7 */
      id: string;
      email: string;
      emailVerified: boolean;
      name: string;
      createdAt: string;
      /** the tenant of this request */
      tenant: string | null;
      organization: string | null;
      /** roles of this request */
      roles: string[];
      /** every tenant that the user belongs to; X-Tenant-ID picks one */
      tenants: ({
        /** UUIDv7 */
        tenantId: string;
        organizationId: string | null;
        roles: string[];
      })[];
    };
  };
  /** Get a plan in its newest version */
  getPlan: {
    input: {
      params: {
        /** UUIDv7 */
        planId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      productId: string;
      key: string;
      name: string;
      archived: boolean;
      planVersion: number;
      currency: string;
      period: {
        unit: "day" | "week" | "month" | "year";
        count: number;
      };
      prices: ({
        /** UUIDv7 */
        id: string;
        key: string;
        description: string;
        model: {
          model: "flat";
          amount: string;
          timing: "advance" | "arrears";
        } | {
          model: "per_unit";
          unitAmount: string;
          /** key of the meter */
          meter?: string;
        } | {
          model: "graduated";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** key of the meter */
          meter?: string;
        } | {
          model: "volume";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** key of the meter */
          meter?: string;
        } | {
          model: "package";
          packageSize: string;
          packageAmount: string;
          freeUnits?: string;
          rounding?: "up" | "down";
          /** key of the meter */
          meter?: string;
        };
      })[];
      entitlements: ({
        /** key of a feature of the same product */
        feature: string;
        /** true or false of a boolean feature, a decimal as text of a limit or a metered one */
        value: boolean | string;
      })[];
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Get a plan in one of its versions */
  getPlanVersion: {
    input: {
      params: {
        /** UUIDv7 */
        planId: string;
        planVersion: number;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      productId: string;
      key: string;
      name: string;
      archived: boolean;
      planVersion: number;
      currency: string;
      period: {
        unit: "day" | "week" | "month" | "year";
        count: number;
      };
      prices: ({
        /** UUIDv7 */
        id: string;
        key: string;
        description: string;
        model: {
          model: "flat";
          amount: string;
          timing: "advance" | "arrears";
        } | {
          model: "per_unit";
          unitAmount: string;
          /** key of the meter */
          meter?: string;
        } | {
          model: "graduated";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** key of the meter */
          meter?: string;
        } | {
          model: "volume";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** key of the meter */
          meter?: string;
        } | {
          model: "package";
          packageSize: string;
          packageAmount: string;
          freeUnits?: string;
          rounding?: "up" | "down";
          /** key of the meter */
          meter?: string;
        };
      })[];
      entitlements: ({
        /** key of a feature of the same product */
        feature: string;
        /** true or false of a boolean feature, a decimal as text of a limit or a metered one */
        value: boolean | string;
      })[];
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Get a price of any plan version */
  getPrice: {
    input: {
      params: {
        /** UUIDv7 */
        priceId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      key: string;
      description: string;
      model: {
        model: "flat";
        amount: string;
        timing: "advance" | "arrears";
      } | {
        model: "per_unit";
        unitAmount: string;
        /** key of the meter */
        meter?: string;
      } | {
        model: "graduated";
        tiers: ({
          upTo: string | null;
          /** major units, for example "0.0005" */
          unitAmount: string;
          /** charged on entry to the tier */
          flatAmount?: string;
        })[];
        /** key of the meter */
        meter?: string;
      } | {
        model: "volume";
        tiers: ({
          upTo: string | null;
          /** major units, for example "0.0005" */
          unitAmount: string;
          /** charged on entry to the tier */
          flatAmount?: string;
        })[];
        /** key of the meter */
        meter?: string;
      } | {
        model: "package";
        packageSize: string;
        packageAmount: string;
        freeUnits?: string;
        rounding?: "up" | "down";
        /** key of the meter */
        meter?: string;
      };
      /** UUIDv7 */
      planId: string;
      planVersion: number;
      currency: string;
    };
  };
  /** Get a product */
  getProduct: {
    input: {
      params: {
        /** UUIDv7 */
        productId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      key: string;
      name: string;
      description: string | null;
      archived: boolean;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Get a subscription */
  getSubscription: {
    input: {
      params: {
        /** UUIDv7 */
        subscriptionId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      accountId: string;
      /** UUIDv7 */
      planId: string;
      planVersion: number;
      quantity: number;
      currency: string;
      timeZone: string;
      period: {
        unit: "day" | "week" | "month" | "year";
        count: number;
      };
      status: "active" | "canceled";
      /** calendar date in the account's time zone */
      startsOn: string;
      /** first date that is no longer subscribed */
      endsOn: string | null;
      endsAt: string | null;
      nextBillingAt: string | null;
      phases: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        planId: string;
        planVersion: number;
        quantity: number;
        /** calendar date in the account's time zone */
        from: string;
        /** first date that is no longer in the phase */
        to: string | null;
      })[];
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Get a tenant */
  getTenant: {
    input: {
      params: {
        /** UUIDv7 */
        tenantId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      organizationId: string;
      name: string;
      region: string;
      status: "active" | "suspended" | "closing" | "deleted";
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** An account's usage by meter in [from, to) */
  getUsage: {
    input: {
      query: {
        /** UUIDv7 */
        accountId: string;
        from: string;
        to: string;
        meter?: string;
      };
    };
    response: {
      /** UUIDv7 */
      accountId: string;
      from: string;
      to: string;
      data: ({
        meter: string;
        aggregation: string;
        unit: string | null;
        quantity: string;
      })[];
    };
  };
  /** Get a member of the tenant */
  getUser: {
    input: {
      params: {
        /** UUIDv7 */
        userId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      email: string;
      emailVerified: boolean;
      name: string;
      createdAt: string;
      /** roles in the tenant */
      roles: string[];
    };
  };
  /** Send usage as CloudEvents 1.0: one event, a batch, or binary mode */
  ingestUsage: {
    input: {
      body: unknown;
    };
    response: {
      accepted: number;
      duplicates: number;
      /** accepted, and counted as soon as their meter and account exist */
      unmatched: number;
      rejected: ({
        index: number;
        id: string | null;
        reason: string;
      })[];
    };
  };
  /** List customer accounts */
  listAccounts: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
        /** only the one with this key */
        key?: string;
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        /** the tenant's own name for the account, unique in the tenant */
        key: string;
        name: string;
        email: string | null;
        currency: string;
        timeZone: string;
        metadata: Record<string, string | number | boolean>;
        version: number;
        createdAt: string;
        updatedAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List the API keys of the tenant, the revoked ones too */
  listApiKeys: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        name: string;
        prefix: string;
        scopes: ("user:read" | "user:write" | "role:read" | "role:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "audit:read")[];
        /** UUIDv7 */
        createdBy: string;
        createdAt: string;
        expiresAt: string | null;
        revokedAt: string | null;
        lastUsedAt: string | null;
      })[];
      nextCursor: string | null;
    };
  };
  /** List audit entries, newest first */
  listAuditEntries: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
        /** the own tenant's chain, or the platform's for its operator */
        chain?: "tenant" | "platform";
        action?: string;
        resourceType?: string;
        resourceId?: string;
        actorId?: string;
        /** first moment, included */
        from?: string;
        /** last moment, not included */
        to?: string;
      };
    };
    response: {
      data: {
        /** UUIDv7 */
        id: string;
        /** place in the chain: from 1 without gaps */
        sequence: string;
        occurredAt: string;
        actor: {
          kind: string;
          id: string;
          email?: string;
        };
        action: string;
        resource: {
          type: string;
          id: string;
        };
        service: string;
        context?: unknown;
        before?: unknown;
        after?: unknown;
        /** SHA-256, hexadecimal; zeros before the first entry */
        previousHash: string;
        hash: string;
      }[];
      nextCursor: string | null;
    };
  };
  /** List divisions */
  listDivisions: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
        /** only those directly below it; "root": the organization */
        parentId?: string | "root";
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        organizationId: string;
        /** null: directly below the organization */
        parentId: string | null;
        name: string;
        version: number;
        createdAt: string;
        updatedAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List features */
  listFeatures: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        productId: string;
        key: string;
        name: string;
        type: "boolean" | "limit" | "metered";
        meter: string | null;
        version: number;
        createdAt: string;
        updatedAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List an invoice's lines */
  listInvoiceLines: {
    input: {
      params: {
        /** UUIDv7 */
        invoiceId: string;
      };
      query?: {
        limit?: number;
        cursor?: string;
      };
    };
    response: {
      data: ({
        position: number;
        /** subscription/phase/price/plan version/period/kind: the same whenever it is billed */
        key: string;
        kind: "recurring" | "usage" | "adjustment";
        description: string;
        /** UUIDv7 */
        planId: string;
        planVersion: number;
        /** UUIDv7 */
        priceId: string;
        priceKey: string;
        meter: string | null;
        /** as metered or subscribed */
        quantityRaw: string;
        /** as charged */
        quantityBilled: string;
        /** what the amount is recomputed from: unit amounts, tiers, proration */
        detail: Record<string, unknown>;
        /** major units before rounding */
        amount: string;
        amountMinor: string;
        periodStart: string;
        periodEnd: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List invoices, newest first or by total */
  listInvoices: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
        /** UUIDv7 */
        accountId?: string;
        /** UUIDv7 */
        subscriptionId?: string;
        status?: "draft" | "finalized" | "paid" | "void";
        currency?: string;
        /** -total compares smallest units: name a currency with it */
        sort?: "-billedAt" | "-total";
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        /** without gaps in the tenant; null for a draft */
        number: string | null;
        /** UUIDv7 */
        accountId: string;
        /** UUIDv7 */
        subscriptionId: string;
        /** the k-th billing closes period k - 1 and charges period k in advance */
        billingIndex: number;
        billedAt: string;
        currency: string;
        timeZone: string;
        status: "draft" | "finalized" | "paid" | "void";
        /** sum of the rounded lines, in the smallest unit */
        totalMinor: string;
        lineCount: number;
        version: number;
        createdAt: string;
        updatedAt: string;
        finalizedAt: string | null;
        paidAt: string | null;
        voidedAt: string | null;
      })[];
      nextCursor: string | null;
    };
  };
  /** List meters */
  listMeters: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        key: string;
        name: string;
        eventType: string;
        aggregation: "count" | "sum" | "max" | "last" | "unique_count";
        valueProperty: string | null;
        unit: string | null;
        archived: boolean;
        version: number;
        createdAt: string;
        updatedAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List the organizations that the caller belongs to, in all tenants */
  listOrganizations: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
      };
    };
    response: {
      data: {
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        tenantId: string;
        name: string;
        version: number;
        createdAt: string;
        updatedAt: string;
      }[];
      nextCursor: string | null;
    };
  };
  /** List every permission of the platform */
  listPermissions: {
    input: {};
    response: {
      data: ("user:read" | "user:write" | "role:read" | "role:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "audit:read")[];
      nextCursor: null;
    };
  };
  /** List a plan in all of its versions, the newest first */
  listPlanVersions: {
    input: {
      params: {
        /** UUIDv7 */
        planId: string;
      };
      query?: {
        limit?: number;
        cursor?: string;
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        productId: string;
        key: string;
        name: string;
        archived: boolean;
        planVersion: number;
        currency: string;
        period: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
        prices: ({
          /** UUIDv7 */
          id: string;
          key: string;
          description: string;
          model: {
            model: "flat";
            amount: string;
            timing: "advance" | "arrears";
          } | {
            model: "per_unit";
            unitAmount: string;
            /** key of the meter */
            meter?: string;
          } | {
            model: "graduated";
            tiers: ({
              upTo: string | null;
              /** major units, for example "0.0005" */
              unitAmount: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** key of the meter */
            meter?: string;
          } | {
            model: "volume";
            tiers: ({
              upTo: string | null;
              /** major units, for example "0.0005" */
              unitAmount: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** key of the meter */
            meter?: string;
          } | {
            model: "package";
            packageSize: string;
            packageAmount: string;
            freeUnits?: string;
            rounding?: "up" | "down";
            /** key of the meter */
            meter?: string;
          };
        })[];
        entitlements: ({
          /** key of a feature of the same product */
          feature: string;
          /** true or false of a boolean feature, a decimal as text of a limit or a metered one */
          value: boolean | string;
        })[];
        version: number;
        createdAt: string;
        updatedAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List plans in their newest version */
  listPlans: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        productId: string;
        key: string;
        name: string;
        archived: boolean;
        planVersion: number;
        currency: string;
        period: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
        prices: ({
          /** UUIDv7 */
          id: string;
          key: string;
          description: string;
          model: {
            model: "flat";
            amount: string;
            timing: "advance" | "arrears";
          } | {
            model: "per_unit";
            unitAmount: string;
            /** key of the meter */
            meter?: string;
          } | {
            model: "graduated";
            tiers: ({
              upTo: string | null;
              /** major units, for example "0.0005" */
              unitAmount: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** key of the meter */
            meter?: string;
          } | {
            model: "volume";
            tiers: ({
              upTo: string | null;
              /** major units, for example "0.0005" */
              unitAmount: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** key of the meter */
            meter?: string;
          } | {
            model: "package";
            packageSize: string;
            packageAmount: string;
            freeUnits?: string;
            rounding?: "up" | "down";
            /** key of the meter */
            meter?: string;
          };
        })[];
        entitlements: ({
          /** key of a feature of the same product */
          feature: string;
          /** true or false of a boolean feature, a decimal as text of a limit or a metered one */
          value: boolean | string;
        })[];
        version: number;
        createdAt: string;
        updatedAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List the prices of the plans' newest versions, of one plan or of all */
  listPrices: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
        /** UUIDv7 */
        planId?: string;
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        key: string;
        description: string;
        model: {
          model: "flat";
          amount: string;
          timing: "advance" | "arrears";
        } | {
          model: "per_unit";
          unitAmount: string;
          /** key of the meter */
          meter?: string;
        } | {
          model: "graduated";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** key of the meter */
          meter?: string;
        } | {
          model: "volume";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** key of the meter */
          meter?: string;
        } | {
          model: "package";
          packageSize: string;
          packageAmount: string;
          freeUnits?: string;
          rounding?: "up" | "down";
          /** key of the meter */
          meter?: string;
        };
        /** UUIDv7 */
        planId: string;
        planVersion: number;
        currency: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List products */
  listProducts: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        key: string;
        name: string;
        description: string | null;
        archived: boolean;
        version: number;
        createdAt: string;
        updatedAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List who has which role in the tenant */
  listRoleAssignments: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
        /** UUIDv7 */
        userId?: string;
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        userId: string;
        email: string;
        name: string;
        role: "platform_admin" | "org_admin" | "org_member";
        createdAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List the roles and their permissions */
  listRoles: {
    input: {};
    response: {
      data: ({
        name: "platform_admin" | "org_admin" | "org_member";
        permissions: ("user:read" | "user:write" | "role:read" | "role:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "audit:read")[];
      })[];
      nextCursor: null;
    };
  };
  /** List the caller's own sessions, the newest first */
  listSessions: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        ip: string | null;
        userAgent: string | null;
        createdAt: string;
        /** to the minute */
        usedAt: string;
        /** when it ends unless it is used before */
        expiresAt: string;
        /** whether this request came with it */
        current: boolean;
      })[];
      nextCursor: string | null;
    };
  };
  /** List subscriptions, newest first */
  listSubscriptions: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
        /** UUIDv7 */
        accountId?: string;
        status?: "active" | "canceled";
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        accountId: string;
        /** UUIDv7 */
        planId: string;
        planVersion: number;
        quantity: number;
        currency: string;
        timeZone: string;
        period: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
        status: "active" | "canceled";
        /** calendar date in the account's time zone */
        startsOn: string;
        /** first date that is no longer subscribed */
        endsOn: string | null;
        endsAt: string | null;
        nextBillingAt: string | null;
        phases: ({
          /** UUIDv7 */
          id: string;
          /** UUIDv7 */
          planId: string;
          planVersion: number;
          quantity: number;
          /** calendar date in the account's time zone */
          from: string;
          /** first date that is no longer in the phase */
          to: string | null;
        })[];
        version: number;
        createdAt: string;
        updatedAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List tenants: the own one, or all of them for the operator of the platform */
  listTenants: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        organizationId: string;
        name: string;
        region: string;
        status: "active" | "suspended" | "closing" | "deleted";
        version: number;
        createdAt: string;
        updatedAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List the prices with a tier table, graduated and volume, of the plans' newest versions */
  listTiers: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
        /** UUIDv7 */
        planId?: string;
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        key: string;
        description: string;
        model: {
          model: "flat";
          amount: string;
          timing: "advance" | "arrears";
        } | {
          model: "per_unit";
          unitAmount: string;
          /** key of the meter */
          meter?: string;
        } | {
          model: "graduated";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** key of the meter */
          meter?: string;
        } | {
          model: "volume";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** key of the meter */
          meter?: string;
        } | {
          model: "package";
          packageSize: string;
          packageAmount: string;
          freeUnits?: string;
          rounding?: "up" | "down";
          /** key of the meter */
          meter?: string;
        };
        /** UUIDv7 */
        planId: string;
        planVersion: number;
        currency: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** Events that nothing counts yet, by reason */
  listUnmatchedUsage: {
    input: {};
    response: {
      data: {
        reason: string;
        count: number;
        example: unknown;
      }[];
    };
  };
  /** List the members of the tenant */
  listUsers: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
      };
    };
    response: {
      data: {
        /** UUIDv7 */
        id: string;
        email: string;
        emailVerified: boolean;
        name: string;
        createdAt: string;
        /** roles in the tenant */
        roles: string[];
      }[];
      nextCursor: string | null;
    };
  };
  /** Move a division with everything below it */
  moveDivision: {
    input: {
      params: {
        /** UUIDv7 */
        divisionId: string;
      };
      body: {
        parentId: string | null;
      };
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      organizationId: string;
      /** null: directly below the organization */
      parentId: string | null;
      name: string;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Mark a finalized invoice as paid */
  payInvoice: {
    input: {
      params: {
        /** UUIDv7 */
        invoiceId: string;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** without gaps in the tenant; null for a draft */
      number: string | null;
      /** UUIDv7 */
      accountId: string;
      /** UUIDv7 */
      subscriptionId: string;
      /** the k-th billing closes period k - 1 and charges period k in advance */
      billingIndex: number;
      billedAt: string;
      currency: string;
      timeZone: string;
      status: "draft" | "finalized" | "paid" | "void";
      /** sum of the rounded lines, in the smallest unit */
      totalMinor: string;
      lineCount: number;
      version: number;
      createdAt: string;
      updatedAt: string;
      finalizedAt: string | null;
      paidAt: string | null;
      voidedAt: string | null;
    };
  };
  /** Publish a new version of a plan; subscriptions keep theirs */
  publishPlanVersion: {
    input: {
      params: {
        /** UUIDv7 */
        planId: string;
      };
      body: {
        currency?: string;
        period?: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
        prices: ({
          key: string;
          description: string;
          model: {
            model: "flat";
            amount: string;
            timing: "advance" | "arrears";
          } | {
            model: "per_unit";
            unitAmount: string;
            /** key of the meter */
            meter?: string;
          } | {
            model: "graduated";
            tiers: ({
              upTo: string | null;
              /** major units, for example "0.0005" */
              unitAmount: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** key of the meter */
            meter?: string;
          } | {
            model: "volume";
            tiers: ({
              upTo: string | null;
              /** major units, for example "0.0005" */
              unitAmount: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** key of the meter */
            meter?: string;
          } | {
            model: "package";
            packageSize: string;
            packageAmount: string;
            freeUnits?: string;
            rounding?: "up" | "down";
            /** key of the meter */
            meter?: string;
          };
        })[];
        entitlements?: ({
          /** key of a feature of the same product */
          feature: string;
          /** true or false of a boolean feature, a decimal as text of a limit or a metered one */
          value: boolean | string;
        })[];
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      productId: string;
      key: string;
      name: string;
      archived: boolean;
      planVersion: number;
      currency: string;
      period: {
        unit: "day" | "week" | "month" | "year";
        count: number;
      };
      prices: ({
        /** UUIDv7 */
        id: string;
        key: string;
        description: string;
        model: {
          model: "flat";
          amount: string;
          timing: "advance" | "arrears";
        } | {
          model: "per_unit";
          unitAmount: string;
          /** key of the meter */
          meter?: string;
        } | {
          model: "graduated";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** key of the meter */
          meter?: string;
        } | {
          model: "volume";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** key of the meter */
          meter?: string;
        } | {
          model: "package";
          packageSize: string;
          packageAmount: string;
          freeUnits?: string;
          rounding?: "up" | "down";
          /** key of the meter */
          meter?: string;
        };
      })[];
      entitlements: ({
        /** key of a feature of the same product */
        feature: string;
        /** true or false of a boolean feature, a decimal as text of a limit or a metered one */
        value: boolean | string;
      })[];
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Take a role from a user */
  removeRoleAssignment: {
    input: {
      params: {
        /** UUIDv7 */
        assignmentId: string;
      };
    };
    response: undefined;
  };
  /** Count the unmatched events whose meter and account exist now */
  replayUnmatchedUsage: {
    input: {};
    response: {
      counted: number;
      unmatched: number;
    };
  };
  /** End all of the caller's own sessions, this one too */
  revokeAllSessions: {
    input: {};
    response: undefined;
  };
  /** Revoke an API key; it stays in the list */
  revokeApiKey: {
    input: {
      params: {
        /** UUIDv7 */
        apiKeyId: string;
      };
    };
    response: undefined;
  };
  /** End one of the caller's own sessions */
  revokeSession: {
    input: {
      params: {
        /** UUIDv7 */
        sessionId: string;
      };
    };
    response: undefined;
  };
  /** Bill every subscription that is due */
  runInvoices: {
    input: {
      body: {
        /** bills what fell due at or before this instant; now when absent, never later */
        until?: string;
        /** whether invoices get their numbers at once, or stay drafts */
        finalize?: boolean;
      };
    };
    response: {
      /** subscriptions billed */
      subscriptions: number;
      invoices: number;
      /** left to another run, or changed meanwhile */
      skipped: number;
      /** could not be rated; the log says why, and the next run tries again */
      failed: number;
      amounts: {
        currency: string;
        totalMinor: string;
      }[];
      durationMs: number;
    };
  };
  /** Suspend a tenant: every service refuses its requests within a second */
  suspendTenant: {
    input: {
      params: {
        /** UUIDv7 */
        tenantId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      organizationId: string;
      name: string;
      region: string;
      status: "active" | "suspended" | "closing" | "deleted";
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Change a customer account by merge patch; null takes the email or a metadata entry away */
  updateAccount: {
    input: {
      params: {
        /** UUIDv7 */
        accountId: string;
      };
      body: {
        name?: string;
        email?: string | null;
        currency?: string;
        timeZone?: string;
        metadata?: Record<string, string | number | boolean | null> | null;
      };
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** the tenant's own name for the account, unique in the tenant */
      key: string;
      name: string;
      email: string | null;
      currency: string;
      timeZone: string;
      metadata: Record<string, string | number | boolean>;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Rename a division */
  updateDivision: {
    input: {
      params: {
        /** UUIDv7 */
        divisionId: string;
      };
      body: {
        name?: string;
      };
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      organizationId: string;
      /** null: directly below the organization */
      parentId: string | null;
      name: string;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Rename a feature or change its meter */
  updateFeature: {
    input: {
      params: {
        /** UUIDv7 */
        featureId: string;
      };
      body: {
        name?: string;
        meter?: string;
      };
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      productId: string;
      key: string;
      name: string;
      type: "boolean" | "limit" | "metered";
      meter: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Rename or archive a meter; an archived one counts no further events */
  updateMeter: {
    input: {
      params: {
        /** UUIDv7 */
        meterId: string;
      };
      body: {
        name?: string;
        archived?: boolean;
      };
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      key: string;
      name: string;
      eventType: string;
      aggregation: "count" | "sum" | "max" | "last" | "unique_count";
      valueProperty: string | null;
      unit: string | null;
      archived: boolean;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Rename an organization */
  updateOrganization: {
    input: {
      params: {
        /** UUIDv7 */
        organizationId: string;
      };
      body: {
        name?: string;
      };
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      tenantId: string;
      name: string;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Change the caller's profile */
  updateOwnProfile: {
    input: {
      body: {
        displayName?: string;
        locale?: string;
        timeZone?: string;
      };
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      userId: string;
      email: string;
      displayName: string;
      locale: string;
      timeZone: string;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Rename or archive a plan */
  updatePlan: {
    input: {
      params: {
        /** UUIDv7 */
        planId: string;
      };
      body: {
        name?: string;
        archived?: boolean;
      };
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      productId: string;
      key: string;
      name: string;
      archived: boolean;
      planVersion: number;
      currency: string;
      period: {
        unit: "day" | "week" | "month" | "year";
        count: number;
      };
      prices: ({
        /** UUIDv7 */
        id: string;
        key: string;
        description: string;
        model: {
          model: "flat";
          amount: string;
          timing: "advance" | "arrears";
        } | {
          model: "per_unit";
          unitAmount: string;
          /** key of the meter */
          meter?: string;
        } | {
          model: "graduated";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** key of the meter */
          meter?: string;
        } | {
          model: "volume";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** key of the meter */
          meter?: string;
        } | {
          model: "package";
          packageSize: string;
          packageAmount: string;
          freeUnits?: string;
          rounding?: "up" | "down";
          /** key of the meter */
          meter?: string;
        };
      })[];
      entitlements: ({
        /** key of a feature of the same product */
        feature: string;
        /** true or false of a boolean feature, a decimal as text of a limit or a metered one */
        value: boolean | string;
      })[];
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Change or archive a product */
  updateProduct: {
    input: {
      params: {
        /** UUIDv7 */
        productId: string;
      };
      body: {
        name?: string;
        description?: string | null;
        archived?: boolean;
      };
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      key: string;
      name: string;
      description: string | null;
      archived: boolean;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Rename a tenant */
  updateTenant: {
    input: {
      params: {
        /** UUIDv7 */
        tenantId: string;
      };
      body: {
        name: string;
      };
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      organizationId: string;
      name: string;
      region: string;
      status: "active" | "suspended" | "closing" | "deleted";
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Verify the hash chain of the audit trail from its first entry to its last */
  verifyAuditTrail: {
    input: {
      query?: {
        /** the own tenant's chain, or the platform's for its operator */
        chain?: "tenant" | "platform";
      };
    };
    response: {
      valid: boolean;
      /** entries that were found right */
      entries: number;
      /** the last entry that was found right */
      last: {
        sequence: string;
        hash: string;
      };
      /** sequence at which the chain is broken */
      brokenAt?: string;
      reason?: "entry_changed" | "entry_missing" | "entry_out_of_order" | "link_broken" | "tail_missing" | "head_wrong" | "head_missing";
    };
  };
  /** Void a draft or a finalized invoice; its number stays taken */
  voidInvoice: {
    input: {
      params: {
        /** UUIDv7 */
        invoiceId: string;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** without gaps in the tenant; null for a draft */
      number: string | null;
      /** UUIDv7 */
      accountId: string;
      /** UUIDv7 */
      subscriptionId: string;
      /** the k-th billing closes period k - 1 and charges period k in advance */
      billingIndex: number;
      billedAt: string;
      currency: string;
      timeZone: string;
      status: "draft" | "finalized" | "paid" | "void";
      /** sum of the rounded lines, in the smallest unit */
      totalMinor: string;
      lineCount: number;
      version: number;
      createdAt: string;
      updatedAt: string;
      finalizedAt: string | null;
      paidAt: string | null;
      voidedAt: string | null;
    };
  };
}

/** Where each operation is and what it takes. */
export const operationRoutes = {
  activateTenant: { method: 'POST', path: '/api/v1/tenants/{tenantId}/activate' },
  assignRole: { method: 'POST', path: '/api/v1/roles/assignments', contentType: 'application/json', idempotent: true },
  cancelSubscription: { method: 'POST', path: '/api/v1/subscriptions/{subscriptionId}/cancel', contentType: 'application/json', idempotent: true },
  changeSubscription: { method: 'POST', path: '/api/v1/subscriptions/{subscriptionId}/change', contentType: 'application/json', idempotent: true },
  checkPermissions: { method: 'POST', path: '/api/v1/permissions/check', contentType: 'application/json' },
  createAccount: { method: 'POST', path: '/api/v1/accounts', contentType: 'application/json', idempotent: true },
  createAccounts: { method: 'POST', path: '/api/v1/accounts/batch', contentType: 'application/json', idempotent: true },
  createApiKey: { method: 'POST', path: '/api/v1/api-keys', contentType: 'application/json' },
  createDivision: { method: 'POST', path: '/api/v1/divisions', contentType: 'application/json', idempotent: true },
  createFeature: { method: 'POST', path: '/api/v1/features', contentType: 'application/json', idempotent: true },
  createMeter: { method: 'POST', path: '/api/v1/metering/meters', contentType: 'application/json', idempotent: true },
  createOrganization: { method: 'POST', path: '/api/v1/organizations', contentType: 'application/json', idempotent: true },
  createPlan: { method: 'POST', path: '/api/v1/plans', contentType: 'application/json', idempotent: true },
  createProduct: { method: 'POST', path: '/api/v1/products', contentType: 'application/json', idempotent: true },
  createSubscription: { method: 'POST', path: '/api/v1/subscriptions', contentType: 'application/json', idempotent: true },
  createSubscriptions: { method: 'POST', path: '/api/v1/subscriptions/batch', contentType: 'application/json', idempotent: true },
  deleteDivision: { method: 'DELETE', path: '/api/v1/divisions/{divisionId}' },
  exportAuditTrail: { method: 'GET', path: '/api/v1/logs' },
  finalizeInvoice: { method: 'POST', path: '/api/v1/invoices/{invoiceId}/finalize', idempotent: true },
  getAccount: { method: 'GET', path: '/api/v1/accounts/{accountId}' },
  getApiKey: { method: 'GET', path: '/api/v1/api-keys/{apiKeyId}' },
  getAuditEntry: { method: 'GET', path: '/api/v1/audit/{entryId}' },
  getCurrentUsage: { method: 'GET', path: '/api/v1/usage/current' },
  getDivision: { method: 'GET', path: '/api/v1/divisions/{divisionId}' },
  getFeature: { method: 'GET', path: '/api/v1/features/{featureId}' },
  getInvoice: { method: 'GET', path: '/api/v1/invoices/{invoiceId}' },
  getMeter: { method: 'GET', path: '/api/v1/metering/meters/{meterId}' },
  getOrganization: { method: 'GET', path: '/api/v1/organizations/{organizationId}' },
  getOwnProfile: { method: 'GET', path: '/api/v1/profiles/me' },
  getOwnUser: { method: 'GET', path: '/api/v1/users/me' },
  getPlan: { method: 'GET', path: '/api/v1/plans/{planId}' },
  getPlanVersion: { method: 'GET', path: '/api/v1/plans/{planId}/versions/{planVersion}' },
  getPrice: { method: 'GET', path: '/api/v1/prices/{priceId}' },
  getProduct: { method: 'GET', path: '/api/v1/products/{productId}' },
  getSubscription: { method: 'GET', path: '/api/v1/subscriptions/{subscriptionId}' },
  getTenant: { method: 'GET', path: '/api/v1/tenants/{tenantId}' },
  getUsage: { method: 'GET', path: '/api/v1/usage' },
  getUser: { method: 'GET', path: '/api/v1/users/{userId}' },
  ingestUsage: { method: 'POST', path: '/api/v1/usage/events', contentType: 'application/cloudevents-batch+json' },
  listAccounts: { method: 'GET', path: '/api/v1/accounts' },
  listApiKeys: { method: 'GET', path: '/api/v1/api-keys' },
  listAuditEntries: { method: 'GET', path: '/api/v1/audit' },
  listDivisions: { method: 'GET', path: '/api/v1/divisions' },
  listFeatures: { method: 'GET', path: '/api/v1/features' },
  listInvoiceLines: { method: 'GET', path: '/api/v1/invoices/{invoiceId}/lines' },
  listInvoices: { method: 'GET', path: '/api/v1/invoices' },
  listMeters: { method: 'GET', path: '/api/v1/metering/meters' },
  listOrganizations: { method: 'GET', path: '/api/v1/organizations' },
  listPermissions: { method: 'GET', path: '/api/v1/permissions' },
  listPlanVersions: { method: 'GET', path: '/api/v1/plans/{planId}/versions' },
  listPlans: { method: 'GET', path: '/api/v1/plans' },
  listPrices: { method: 'GET', path: '/api/v1/prices' },
  listProducts: { method: 'GET', path: '/api/v1/products' },
  listRoleAssignments: { method: 'GET', path: '/api/v1/roles/assignments' },
  listRoles: { method: 'GET', path: '/api/v1/roles' },
  listSessions: { method: 'GET', path: '/api/v1/sessions' },
  listSubscriptions: { method: 'GET', path: '/api/v1/subscriptions' },
  listTenants: { method: 'GET', path: '/api/v1/tenants' },
  listTiers: { method: 'GET', path: '/api/v1/tiers' },
  listUnmatchedUsage: { method: 'GET', path: '/api/v1/usage/unmatched' },
  listUsers: { method: 'GET', path: '/api/v1/users' },
  moveDivision: { method: 'POST', path: '/api/v1/divisions/{divisionId}/move', contentType: 'application/json' },
  payInvoice: { method: 'POST', path: '/api/v1/invoices/{invoiceId}/pay', idempotent: true },
  publishPlanVersion: { method: 'POST', path: '/api/v1/plans/{planId}/versions', contentType: 'application/json', idempotent: true },
  removeRoleAssignment: { method: 'DELETE', path: '/api/v1/roles/assignments/{assignmentId}' },
  replayUnmatchedUsage: { method: 'POST', path: '/api/v1/usage/unmatched/replay' },
  revokeAllSessions: { method: 'DELETE', path: '/api/v1/sessions' },
  revokeApiKey: { method: 'DELETE', path: '/api/v1/api-keys/{apiKeyId}' },
  revokeSession: { method: 'DELETE', path: '/api/v1/sessions/{sessionId}' },
  runInvoices: { method: 'POST', path: '/api/v1/invoices/runs', contentType: 'application/json' },
  suspendTenant: { method: 'POST', path: '/api/v1/tenants/{tenantId}/suspend' },
  updateAccount: { method: 'PATCH', path: '/api/v1/accounts/{accountId}', contentType: 'application/merge-patch+json' },
  updateDivision: { method: 'PATCH', path: '/api/v1/divisions/{divisionId}', contentType: 'application/merge-patch+json' },
  updateFeature: { method: 'PATCH', path: '/api/v1/features/{featureId}', contentType: 'application/merge-patch+json' },
  updateMeter: { method: 'PATCH', path: '/api/v1/metering/meters/{meterId}', contentType: 'application/merge-patch+json' },
  updateOrganization: { method: 'PATCH', path: '/api/v1/organizations/{organizationId}', contentType: 'application/merge-patch+json' },
  updateOwnProfile: { method: 'PATCH', path: '/api/v1/profiles/me', contentType: 'application/merge-patch+json' },
  updatePlan: { method: 'PATCH', path: '/api/v1/plans/{planId}', contentType: 'application/merge-patch+json' },
  updateProduct: { method: 'PATCH', path: '/api/v1/products/{productId}', contentType: 'application/merge-patch+json' },
  updateTenant: { method: 'PATCH', path: '/api/v1/tenants/{tenantId}', contentType: 'application/merge-patch+json' },
  verifyAuditTrail: { method: 'GET', path: '/api/v1/audit/verification' },
  voidInvoice: { method: 'POST', path: '/api/v1/invoices/{invoiceId}/void', idempotent: true },
} as const;
