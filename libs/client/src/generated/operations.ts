// Generated from docs/reference/openapi.json by "npm run generate".

/** Input and response of each operation by its id. */
export interface Operations {
  /** Accept an invitation as the person of this browser's session */
  acceptInvitation: {
    input: {
      body: {
        token: string;
      };
    };
    response: {
      /** UUIDv7 */
      tenantId: string;
      organizationId: string | null;
    };
  };
  /** Accept an invitation as the person of an access token */
  acceptInvitationAsCaller: {
    input: {
      body: {
        token: string;
      };
    };
    response: {
      /** UUIDv7 */
      tenantId: string;
      organizationId: string | null;
    };
  };
  /** Give something back for a dispute; above your limit it waits for approval */
  actOnDispute: {
    input: {
      params: {
        /** UUIDv7 */
        disputeId: string;
      };
      body: {
        action: "refund";
        /** UUIDv7 */
        paymentId: string;
        /** all that is left when absent */
        amountMinor?: string;
        reason: string;
      } | {
        action: "credit_note";
        /** UUIDv7 */
        invoiceId: string;
        lines?: {
          position: number;
          netMinor?: string;
        }[];
        /** instead of lines: without tax, split over them */
        netMinor?: string;
        reason: string;
      } | {
        action: "write_off";
        /** UUIDv7 */
        invoiceId: string;
        /** all that is open when absent */
        amountMinor?: string;
        reason: string;
      } | {
        action: "void";
        /** UUIDv7 */
        invoiceId: string;
        reason: string;
      } | {
        action: "credit";
        /** given to the account as promotional credit */
        amountMinor: string;
        expiresAt?: string;
        reason: string;
      } | {
        action: "adjustment";
        /** major units that the account's next invoice is lowered by */
        amount: string;
        taxCategory?: string;
        taxInclusive?: boolean;
        /** stands on the invoice */
        reason: string;
      } | {
        action: "usage_correction";
        source: string;
        eventId: string;
        time?: string;
        /** counted instead; absent: the event counts no more */
        data?: Record<string, unknown>;
        reason: string;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      action: string;
      /** what came of it */
      result: {
        type: string;
        id: string;
      };
    };
  };
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
      /** what the operator says; goes before what the plan allows */
      limits: Record<string, number>;
      /** what the plan allows; a name that is absent in both is not limited */
      planLimits: Record<string, number>;
      /** whether it is there to try things out, and may stop its time */
      sandbox: boolean;
      /** where its time stands; null: it goes with everybody's */
      testClock: string | null;
      /** when a closing tenant is deleted */
      deletesAt: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Add an add-on of the catalogue */
  addAddOn: {
    input: {
      params: {
        /** UUIDv7 */
        subscriptionId: string;
      };
      body: {
        /** UUIDv7 */
        planId: string;
        /** the newest published one of the given plan when absent */
        planVersion?: number;
        /** seats */
        quantity?: number;
        /** at once, or when the running period or term ends; without a term each period is one */
        when?: "now" | "period_end" | "term_end";
        /** the day on which it takes effect; not before what was billed in arrears */
        on?: string;
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
      prorationBasis: "day" | "second";
      /** canceled from the request on; it is served until its end */
      status: "active" | "canceled";
      state: "scheduled" | "trialing" | "active" | "paused" | "ended";
      /** calendar date in the account's time zone */
      startsOn: string;
      /** the date that every period boundary is counted from */
      anchor: string;
      /** whether the plan's trial was left out because the account had one before */
      trialSkipped: boolean;
      commitment: {
        /** major units of the currency */
        amount: string;
        /** whole billing periods */
        term: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
      } | null;
      /** null: it goes on from period to period */
      term: {
        length: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
        /** whether another term follows; the subscription ends with the running one otherwise */
        renews: boolean;
        noticeDays: number;
        /** of the running term, 1 for the first */
        number: number;
        /** calendar date in the account's time zone */
        startsOn: string;
        /** first date of the next term, or the first that is no longer subscribed */
        endsOn: string;
      } | null;
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
        /** key of the phase of the plan */
        phase: string;
        kind: "trial" | "intro" | "evergreen";
        /** costs no fees; usage in it is rated */
        paused: boolean;
        /** calendar date in the account's time zone */
        from: string;
        /** first date that is no longer in the phase */
        to: string | null;
        startsAt: string;
        endsAt: string | null;
      })[];
      addOns: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        planId: string;
        planVersion: number;
        quantity: number;
        /** calendar date in the account's time zone */
        from: string;
        to: string | null;
        phases: ({
          /** UUIDv7 */
          id: string;
          /** UUIDv7 */
          planId: string;
          planVersion: number;
          quantity: number;
          /** key of the phase of the plan */
          phase: string;
          kind: "trial" | "intro" | "evergreen";
          /** costs no fees; usage in it is rated */
          paused: boolean;
          /** calendar date in the account's time zone */
          from: string;
          /** first date that is no longer in the phase */
          to: string | null;
          startsAt: string;
          endsAt: string | null;
        })[];
      })[];
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Add a note, which stays as it is */
  addDisputeNote: {
    input: {
      params: {
        /** UUIDv7 */
        disputeId: string;
      };
      body: {
        text: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      kind: "opened" | "note" | "investigating" | "assigned" | "chargeback_linked" | "resolved" | "rejected" | "action" | "approval";
      /** of an action that was approved: who approved it */
      actorId: string;
      content: Record<string, unknown>;
      happenedAt: string;
    };
  };
  /** Add a line to a draft, which is worked out anew */
  addDraftLine: {
    input: {
      params: {
        /** UUIDv7 */
        invoiceId: string;
      };
      body: {
        description: string;
        quantity?: string;
        /** major units; negative for what is given back */
        unitAmount: string;
        taxCategory?: string;
        taxInclusive?: boolean;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** without gaps in the legal entity; null for a draft */
      number: string | null;
      /** who issues it; the tenant's id names the default one */
      legalEntityId: string;
      /** what was said of the legal entity when it was issued */
      legalEntityVersion: number;
      /** who pays it */
      accountId: string;
      /** the only subscription on it; null when there are several or none */
      subscriptionId: string | null;
      reason: "period" | "threshold" | "one_off";
      billedAt: string;
      currency: string;
      timeZone: string;
      status: "draft" | "finalized" | "past_due" | "paid" | "void" | "written_off";
      customer: {
        key: string;
        name: string;
        email: string | null;
        billing: {
          /** name on invoices; the account's when absent */
          name?: string;
          /** where invoices are sent */
          email?: string;
          address?: {
            line1: string;
            line2?: string;
            city: string;
            /** state, province or canton, as ISO 3166-2 without the country where there is a code */
            region?: string;
            postalCode?: string;
            country: string;
          };
          /** such as a VAT identification number, with its country prefix */
          taxId?: string;
          taxExempt?: boolean;
          /** BCP 47 tag of the language of invoices */
          language?: string;
          /** the customer's own reference: purchase order, cost centre, Leitweg-ID */
          reference?: string;
          paymentTermDays?: number;
          /** key of the legal entity that bills it */
          legalEntity?: string;
          invoicing?: "consolidated" | "per_subscription";
        };
      };
      /** sum of the rounded lines, in the smallest unit */
      subtotalMinor: string;
      discountMinor: string;
      taxMinor: string;
      taxes: ({
        category: string;
        percent: string;
        label: string;
        reverseCharge: boolean;
        /** why it is 0 % */
        zeroReason?: "zero_rated" | "exempt" | "reverse_charge" | "out_of_scope" | "export" | "intra_community";
        taxableMinor: string;
        taxMinor: string;
      })[];
      totalMinor: string;
      dueOn: string | null;
      /** when a draft is finalized by itself; null: when somebody finalizes it */
      reviewUntil: string | null;
      /** how far a draft is worked out: discounts and tax are missing, tax is missing, all is there */
      calculation: "pending" | "untaxed" | "done";
      /** paid from prepaid credit; negative: what was overpaid became credit */
      creditsMinor: string;
      paidMinor: string;
      /** taken back by credit notes */
      creditedMinor: string;
      writtenOffMinor: string;
      /** still to be paid */
      dueMinor: string;
      lineCount: number;
      version: number;
      createdAt: string;
      updatedAt: string;
      finalizedAt: string | null;
      paidAt: string | null;
      voidedAt: string | null;
    };
  };
  /** Add a domain of email addresses as the organization's own */
  addEmailDomain: {
    input: {
      body: {
        domain: string;
        /** the role with which people with a confirmed address of the domain join by themselves; null: they do not */
        autoJoinRole?: string | null;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      domain: string;
      verifiedAt: string | null;
      /** the role with which people with a confirmed address of the domain join by themselves; null: they do not */
      autoJoinRole: string | null;
      /** the TXT record that proves the domain */
      record: {
        name: string;
        value: string;
      };
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Add a member of the tenant to a group */
  addGroupMember: {
    input: {
      params: {
        /** UUIDv7 */
        groupId: string;
        /** UUIDv7 */
        userId: string;
      };
    };
    response: undefined;
  };
  /** Move the time of a sandbox forward and let happen what falls due on the way */
  advanceTestClock: {
    input: {
      body: {
        to: string;
      };
    };
    response: {
      from: string;
      now: string;
      /** instants at which it stopped */
      steps: number;
      /** how much of each kind of work was done, such as invoices written */
      done: Record<string, number>;
    };
  };
  /** Agree, or refuse */
  answerConsentRequest: {
    input: {
      params: {
        interactionId: string;
      };
      body: {
        agreed: boolean;
      };
    };
    response: {
      /** path that the browser goes to next */
      location: string;
    };
  };
  /** Admit the device that shows a code, or turn it away */
  answerDevice: {
    input: {
      body: {
        userCode: string;
        approved: boolean;
      };
    };
    response: {
      approved: boolean;
    };
  };
  /** Settle an invoice with a transfer that was not matched; what is too much stays unapplied */
  applyBankTransfer: {
    input: {
      params: {
        /** UUIDv7 */
        transferId: string;
      };
      body: {
        /** UUIDv7 */
        invoiceId: string;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      bankAccount: string;
      /** what the bank calls it */
      bankReference: string;
      bookedOn: string;
      currency: string;
      amountMinor: string;
      payer: string | null;
      /** what the payer wrote */
      reference: string;
      status: "unmatched" | "matched" | "ignored";
      /** why it was not matched by itself */
      mismatch: "no_reference" | "several_invoices" | "not_open" | "currency_differs" | "amount_differs" | "payment_running" | null;
      paymentId: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Pay an open invoice from its payer's credit */
  applyCredit: {
    input: {
      body: {
        /** UUIDv7 */
        invoiceId: string;
        /** as much as is due and there when absent */
        amountMinor?: string;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** without gaps in the legal entity; null for a draft */
      number: string | null;
      /** who issues it; the tenant's id names the default one */
      legalEntityId: string;
      /** what was said of the legal entity when it was issued */
      legalEntityVersion: number;
      /** who pays it */
      accountId: string;
      /** the only subscription on it; null when there are several or none */
      subscriptionId: string | null;
      reason: "period" | "threshold" | "one_off";
      billedAt: string;
      currency: string;
      timeZone: string;
      status: "draft" | "finalized" | "past_due" | "paid" | "void" | "written_off";
      customer: {
        key: string;
        name: string;
        email: string | null;
        billing: {
          /** name on invoices; the account's when absent */
          name?: string;
          /** where invoices are sent */
          email?: string;
          address?: {
            line1: string;
            line2?: string;
            city: string;
            /** state, province or canton, as ISO 3166-2 without the country where there is a code */
            region?: string;
            postalCode?: string;
            country: string;
          };
          /** such as a VAT identification number, with its country prefix */
          taxId?: string;
          taxExempt?: boolean;
          /** BCP 47 tag of the language of invoices */
          language?: string;
          /** the customer's own reference: purchase order, cost centre, Leitweg-ID */
          reference?: string;
          paymentTermDays?: number;
          /** key of the legal entity that bills it */
          legalEntity?: string;
          invoicing?: "consolidated" | "per_subscription";
        };
      };
      /** sum of the rounded lines, in the smallest unit */
      subtotalMinor: string;
      discountMinor: string;
      taxMinor: string;
      taxes: ({
        category: string;
        percent: string;
        label: string;
        reverseCharge: boolean;
        /** why it is 0 % */
        zeroReason?: "zero_rated" | "exempt" | "reverse_charge" | "out_of_scope" | "export" | "intra_community";
        taxableMinor: string;
        taxMinor: string;
      })[];
      totalMinor: string;
      dueOn: string | null;
      /** when a draft is finalized by itself; null: when somebody finalizes it */
      reviewUntil: string | null;
      /** how far a draft is worked out: discounts and tax are missing, tax is missing, all is there */
      calculation: "pending" | "untaxed" | "done";
      /** paid from prepaid credit; negative: what was overpaid became credit */
      creditsMinor: string;
      paidMinor: string;
      /** taken back by credit notes */
      creditedMinor: string;
      writtenOffMinor: string;
      /** still to be paid */
      dueMinor: string;
      lineCount: number;
      version: number;
      createdAt: string;
      updatedAt: string;
      finalizedAt: string | null;
      paidAt: string | null;
      voidedAt: string | null;
    };
  };
  /** Settle an invoice with money that settles nothing yet */
  applyPayment: {
    input: {
      params: {
        /** UUIDv7 */
        paymentId: string;
      };
      body: {
        /** UUIDv7 */
        invoiceId: string;
        /** as much as there is and is due when absent */
        amountMinor?: string;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      legalEntityId: string;
      /** UUIDv7 */
      accountId: string;
      /** what it was made for; null for money that came without an invoice */
      invoiceId: string | null;
      gateway: "stripe" | "manual" | "bank_transfer";
      gatewayAccountId: string | null;
      paymentMethodId: string | null;
      gatewayPaymentId: string | null;
      currency: string;
      amountMinor: string;
      /** what of it settles invoices */
      appliedMinor: string;
      /** what was received and settles nothing yet */
      unappliedMinor: string;
      refundedMinor: string;
      chargedBackMinor: string;
      /** what was turned into prepaid credit */
      grantedMinor: string;
      refundableMinor: string;
      /** unknown: the gateway did not answer; it is asked until it does, and never charged twice */
      status: "pending" | "requires_action" | "unknown" | "succeeded" | "failed";
      cause: "request" | "automatic" | "recorded";
      failure: {
        /** hard: the payment method is not charged again; authentication: the customer has to be present */
        kind: "hard" | "soft" | "authentication" | "temporary" | "refused" | "canceled";
        code: string;
        message: string;
      } | null;
      /** what the customer has to do, for the gateway's code in their browser */
      nextAction: {
        clientSecret: string | null;
        url: string | null;
      } | null;
      reference: string | null;
      note: string | null;
      receivedOn: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
      succeededAt: string | null;
    };
  };
  /** Approve a request of somebody else, within your own limit, and do it */
  approveRequest: {
    input: {
      params: {
        /** UUIDv7 */
        approvalId: string;
      };
      body: {
        note?: string;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      action: "refund" | "credit_note" | "write_off" | "void" | "adjustment" | "credit" | "coupon" | "recorded_payment";
      /** UUIDv7 */
      accountId: string;
      disputeId: string | null;
      currency: string;
      /** null: what it comes to is not known beforehand, such as a percentage */
      amountMinor: string | null;
      reason: string;
      /** with which it is done once it is approved */
      input: Record<string, unknown>;
      /** approved: it is done at once, or by itself a little later; then it is executed or failed */
      status: "pending" | "approved" | "executed" | "failed" | "rejected" | "canceled" | "expired";
      requestedBy: string;
      requestedAt: string;
      expiresAt: string;
      decidedBy: string | null;
      decidedAt: string | null;
      decisionNote: string | null;
      executedAt: string | null;
      /** what came of it */
      result: {
        type: string;
        /** UUIDv7 */
        id: string;
      } | null;
      failure: {
        code: string;
        message: string;
      } | null;
      version: number;
    };
  };
  /** Give a user a role on the whole platform */
  assignPlatformRole: {
    input: {
      body: {
        /** UUIDv7 */
        userId?: string;
        email?: string;
        /** name of the role */
        role: "platform_admin" | "org_admin" | "org_member" | string;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      userId: string | null;
      groupId: string | null;
      serviceAccountId: string | null;
      /** of the user, for callers with user:read */
      email: string | null;
      /** of the user or group */
      name: string | null;
      role: string;
      /** null: built in */
      roleId: string | null;
      /** null: the whole tenant; a division: it and everything below it */
      scope: {
        /** UUIDv7 */
        organizationId: string;
      } | {
        /** UUIDv7 */
        divisionId: string;
      } | null;
      createdAt: string;
    };
  };
  /** Give a member a role in the tenant or in a part of it; one that was given already is returned as it is */
  assignRole: {
    input: {
      body: {
        /** UUIDv7 */
        userId?: string;
        email?: string;
        /** UUIDv7 */
        groupId?: string;
        /** UUIDv7 */
        serviceAccountId?: string;
        /** name of the role */
        role: "platform_admin" | "org_admin" | "org_member" | string;
        scope?: {
          /** UUIDv7 */
          organizationId?: string;
          /** UUIDv7 */
          divisionId?: string;
        } | null;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      userId: string | null;
      groupId: string | null;
      serviceAccountId: string | null;
      /** of the user, for callers with user:read */
      email: string | null;
      /** of the user or group */
      name: string | null;
      role: string;
      /** null: built in */
      roleId: string | null;
      /** null: the whole tenant; a division: it and everything below it */
      scope: {
        /** UUIDv7 */
        organizationId: string;
      } | {
        /** UUIDv7 */
        divisionId: string;
      } | null;
      createdAt: string;
    };
  };
  /** Keep what was collected; the first one of an account is its default */
  attachPaymentMethod: {
    input: {
      body: {
        /** UUIDv7 */
        accountId: string;
        /** UUIDv7 */
        gatewayAccountId: string;
        /** the finished setup, or the payment method that the browser was given; never the number of a card */
        token: string;
        makeDefault?: boolean;
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
      gatewayAccountId: string;
      gatewayMethodId: string;
      type: string;
      brand: string | null;
      last4: string | null;
      expiryMonth: number | null;
      expiryYear: number | null;
      isDefault: boolean;
      /** declined: not charged by itself until it is made the default again */
      status: "active" | "declined" | "removed";
      declineCode: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Get options to make a passkey with (PublicKeyCredentialCreationOptionsJSON of WebAuthn) */
  beginPasskeyRegistration: {
    input: {
      body: {
        password?: string;
      };
    };
    response: Record<string, unknown>;
  };
  /** Get options to ask for a passkey with (PublicKeyCredentialRequestOptionsJSON of WebAuthn) */
  beginPasskeySignIn: {
    input: {};
    response: Record<string, unknown>;
  };
  /** Take back a charge that is on no invoice yet */
  cancelCharge: {
    input: {
      params: {
        /** UUIDv7 */
        chargeId: string;
      };
    };
    response: undefined;
  };
  /** Give up a payment that waits for the customer */
  cancelPayment: {
    input: {
      params: {
        /** UUIDv7 */
        paymentId: string;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      legalEntityId: string;
      /** UUIDv7 */
      accountId: string;
      /** what it was made for; null for money that came without an invoice */
      invoiceId: string | null;
      gateway: "stripe" | "manual" | "bank_transfer";
      gatewayAccountId: string | null;
      paymentMethodId: string | null;
      gatewayPaymentId: string | null;
      currency: string;
      amountMinor: string;
      /** what of it settles invoices */
      appliedMinor: string;
      /** what was received and settles nothing yet */
      unappliedMinor: string;
      refundedMinor: string;
      chargedBackMinor: string;
      /** what was turned into prepaid credit */
      grantedMinor: string;
      refundableMinor: string;
      /** unknown: the gateway did not answer; it is asked until it does, and never charged twice */
      status: "pending" | "requires_action" | "unknown" | "succeeded" | "failed";
      cause: "request" | "automatic" | "recorded";
      failure: {
        /** hard: the payment method is not charged again; authentication: the customer has to be present */
        kind: "hard" | "soft" | "authentication" | "temporary" | "refused" | "canceled";
        code: string;
        message: string;
      } | null;
      /** what the customer has to do, for the gateway's code in their browser */
      nextAction: {
        clientSecret: string | null;
        url: string | null;
      } | null;
      reference: string | null;
      note: string | null;
      receivedOn: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
      succeededAt: string | null;
    };
  };
  /** Take back a request of your own */
  cancelRequest: {
    input: {
      params: {
        /** UUIDv7 */
        approvalId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      action: "refund" | "credit_note" | "write_off" | "void" | "adjustment" | "credit" | "coupon" | "recorded_payment";
      /** UUIDv7 */
      accountId: string;
      disputeId: string | null;
      currency: string;
      /** null: what it comes to is not known beforehand, such as a percentage */
      amountMinor: string | null;
      reason: string;
      /** with which it is done once it is approved */
      input: Record<string, unknown>;
      /** approved: it is done at once, or by itself a little later; then it is executed or failed */
      status: "pending" | "approved" | "executed" | "failed" | "rejected" | "canceled" | "expired";
      requestedBy: string;
      requestedAt: string;
      expiresAt: string;
      decidedBy: string | null;
      decidedAt: string | null;
      decisionNote: string | null;
      executedAt: string | null;
      /** what came of it */
      result: {
        type: string;
        /** UUIDv7 */
        id: string;
      } | null;
      failure: {
        code: string;
        message: string;
      } | null;
      version: number;
    };
  };
  /** Cancel a subscription: now, at the end of the period or term, or on a date */
  cancelSubscription: {
    input: {
      params: {
        /** UUIDv7 */
        subscriptionId: string;
      };
      body: {
        /** at once, or when the running period or term ends; without a term each period is one */
        when?: "now" | "period_end" | "term_end";
        /** the last day, which is consumed */
        on?: string;
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
      prorationBasis: "day" | "second";
      /** canceled from the request on; it is served until its end */
      status: "active" | "canceled";
      state: "scheduled" | "trialing" | "active" | "paused" | "ended";
      /** calendar date in the account's time zone */
      startsOn: string;
      /** the date that every period boundary is counted from */
      anchor: string;
      /** whether the plan's trial was left out because the account had one before */
      trialSkipped: boolean;
      commitment: {
        /** major units of the currency */
        amount: string;
        /** whole billing periods */
        term: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
      } | null;
      /** null: it goes on from period to period */
      term: {
        length: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
        /** whether another term follows; the subscription ends with the running one otherwise */
        renews: boolean;
        noticeDays: number;
        /** of the running term, 1 for the first */
        number: number;
        /** calendar date in the account's time zone */
        startsOn: string;
        /** first date of the next term, or the first that is no longer subscribed */
        endsOn: string;
      } | null;
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
        /** key of the phase of the plan */
        phase: string;
        kind: "trial" | "intro" | "evergreen";
        /** costs no fees; usage in it is rated */
        paused: boolean;
        /** calendar date in the account's time zone */
        from: string;
        /** first date that is no longer in the phase */
        to: string | null;
        startsAt: string;
        endsAt: string | null;
      })[];
      addOns: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        planId: string;
        planVersion: number;
        quantity: number;
        /** calendar date in the account's time zone */
        from: string;
        to: string | null;
        phases: ({
          /** UUIDv7 */
          id: string;
          /** UUIDv7 */
          planId: string;
          planVersion: number;
          quantity: number;
          /** key of the phase of the plan */
          phase: string;
          kind: "trial" | "intro" | "evergreen";
          /** costs no fees; usage in it is rated */
          paused: boolean;
          /** calendar date in the account's time zone */
          from: string;
          /** first date that is no longer in the phase */
          to: string | null;
          startsAt: string;
          endsAt: string | null;
        })[];
      })[];
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Change version or quantity of an add-on */
  changeAddOn: {
    input: {
      params: {
        /** UUIDv7 */
        subscriptionId: string;
        /** UUIDv7 */
        addOnId: string;
      };
      body: {
        planVersion?: number;
        /** seats */
        quantity?: number;
        /** at once, or when the running period or term ends; without a term each period is one */
        when?: "now" | "period_end" | "term_end";
        /** the day on which it takes effect; not before what was billed in arrears */
        on?: string;
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
      prorationBasis: "day" | "second";
      /** canceled from the request on; it is served until its end */
      status: "active" | "canceled";
      state: "scheduled" | "trialing" | "active" | "paused" | "ended";
      /** calendar date in the account's time zone */
      startsOn: string;
      /** the date that every period boundary is counted from */
      anchor: string;
      /** whether the plan's trial was left out because the account had one before */
      trialSkipped: boolean;
      commitment: {
        /** major units of the currency */
        amount: string;
        /** whole billing periods */
        term: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
      } | null;
      /** null: it goes on from period to period */
      term: {
        length: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
        /** whether another term follows; the subscription ends with the running one otherwise */
        renews: boolean;
        noticeDays: number;
        /** of the running term, 1 for the first */
        number: number;
        /** calendar date in the account's time zone */
        startsOn: string;
        /** first date of the next term, or the first that is no longer subscribed */
        endsOn: string;
      } | null;
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
        /** key of the phase of the plan */
        phase: string;
        kind: "trial" | "intro" | "evergreen";
        /** costs no fees; usage in it is rated */
        paused: boolean;
        /** calendar date in the account's time zone */
        from: string;
        /** first date that is no longer in the phase */
        to: string | null;
        startsAt: string;
        endsAt: string | null;
      })[];
      addOns: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        planId: string;
        planVersion: number;
        quantity: number;
        /** calendar date in the account's time zone */
        from: string;
        to: string | null;
        phases: ({
          /** UUIDv7 */
          id: string;
          /** UUIDv7 */
          planId: string;
          planVersion: number;
          quantity: number;
          /** key of the phase of the plan */
          phase: string;
          kind: "trial" | "intro" | "evergreen";
          /** costs no fees; usage in it is rated */
          paused: boolean;
          /** calendar date in the account's time zone */
          from: string;
          /** first date that is no longer in the phase */
          to: string | null;
          startsAt: string;
          endsAt: string | null;
        })[];
      })[];
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Say what the account promises to spend in each term */
  changeCommitment: {
    input: {
      params: {
        /** UUIDv7 */
        subscriptionId: string;
      };
      body: {
        /** null: none any more */
        commitment: {
          /** major units of the currency */
          amount: string;
          /** whole billing periods */
          term: {
            unit: "day" | "week" | "month" | "year";
            count: number;
          };
        } | null;
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
      prorationBasis: "day" | "second";
      /** canceled from the request on; it is served until its end */
      status: "active" | "canceled";
      state: "scheduled" | "trialing" | "active" | "paused" | "ended";
      /** calendar date in the account's time zone */
      startsOn: string;
      /** the date that every period boundary is counted from */
      anchor: string;
      /** whether the plan's trial was left out because the account had one before */
      trialSkipped: boolean;
      commitment: {
        /** major units of the currency */
        amount: string;
        /** whole billing periods */
        term: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
      } | null;
      /** null: it goes on from period to period */
      term: {
        length: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
        /** whether another term follows; the subscription ends with the running one otherwise */
        renews: boolean;
        noticeDays: number;
        /** of the running term, 1 for the first */
        number: number;
        /** calendar date in the account's time zone */
        startsOn: string;
        /** first date of the next term, or the first that is no longer subscribed */
        endsOn: string;
      } | null;
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
        /** key of the phase of the plan */
        phase: string;
        kind: "trial" | "intro" | "evergreen";
        /** costs no fees; usage in it is rated */
        paused: boolean;
        /** calendar date in the account's time zone */
        from: string;
        /** first date that is no longer in the phase */
        to: string | null;
        startsAt: string;
        endsAt: string | null;
      })[];
      addOns: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        planId: string;
        planVersion: number;
        quantity: number;
        /** calendar date in the account's time zone */
        from: string;
        to: string | null;
        phases: ({
          /** UUIDv7 */
          id: string;
          /** UUIDv7 */
          planId: string;
          planVersion: number;
          quantity: number;
          /** key of the phase of the plan */
          phase: string;
          kind: "trial" | "intro" | "evergreen";
          /** costs no fees; usage in it is rated */
          paused: boolean;
          /** calendar date in the account's time zone */
          from: string;
          /** first date that is no longer in the phase */
          to: string | null;
          startsAt: string;
          endsAt: string | null;
        })[];
      })[];
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Change what a draft's line says or costs; the draft is worked out anew */
  changeDraftLine: {
    input: {
      params: {
        /** UUIDv7 */
        invoiceId: string;
        position: number;
      };
      body: {
        description?: string;
        /** major units, instead of what was worked out */
        amount?: string;
        taxCategory?: string;
        reason: string;
      };
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** without gaps in the legal entity; null for a draft */
      number: string | null;
      /** who issues it; the tenant's id names the default one */
      legalEntityId: string;
      /** what was said of the legal entity when it was issued */
      legalEntityVersion: number;
      /** who pays it */
      accountId: string;
      /** the only subscription on it; null when there are several or none */
      subscriptionId: string | null;
      reason: "period" | "threshold" | "one_off";
      billedAt: string;
      currency: string;
      timeZone: string;
      status: "draft" | "finalized" | "past_due" | "paid" | "void" | "written_off";
      customer: {
        key: string;
        name: string;
        email: string | null;
        billing: {
          /** name on invoices; the account's when absent */
          name?: string;
          /** where invoices are sent */
          email?: string;
          address?: {
            line1: string;
            line2?: string;
            city: string;
            /** state, province or canton, as ISO 3166-2 without the country where there is a code */
            region?: string;
            postalCode?: string;
            country: string;
          };
          /** such as a VAT identification number, with its country prefix */
          taxId?: string;
          taxExempt?: boolean;
          /** BCP 47 tag of the language of invoices */
          language?: string;
          /** the customer's own reference: purchase order, cost centre, Leitweg-ID */
          reference?: string;
          paymentTermDays?: number;
          /** key of the legal entity that bills it */
          legalEntity?: string;
          invoicing?: "consolidated" | "per_subscription";
        };
      };
      /** sum of the rounded lines, in the smallest unit */
      subtotalMinor: string;
      discountMinor: string;
      taxMinor: string;
      taxes: ({
        category: string;
        percent: string;
        label: string;
        reverseCharge: boolean;
        /** why it is 0 % */
        zeroReason?: "zero_rated" | "exempt" | "reverse_charge" | "out_of_scope" | "export" | "intra_community";
        taxableMinor: string;
        taxMinor: string;
      })[];
      totalMinor: string;
      dueOn: string | null;
      /** when a draft is finalized by itself; null: when somebody finalizes it */
      reviewUntil: string | null;
      /** how far a draft is worked out: discounts and tax are missing, tax is missing, all is there */
      calculation: "pending" | "untaxed" | "done";
      /** paid from prepaid credit; negative: what was overpaid became credit */
      creditsMinor: string;
      paidMinor: string;
      /** taken back by credit notes */
      creditedMinor: string;
      writtenOffMinor: string;
      /** still to be paid */
      dueMinor: string;
      lineCount: number;
      version: number;
      createdAt: string;
      updatedAt: string;
      finalizedAt: string | null;
      paidAt: string | null;
      voidedAt: string | null;
    };
  };
  /** Change the caller's password */
  changePassword: {
    input: {
      body: {
        currentPassword: string;
        newPassword: string;
      };
    };
    response: {
      changed: true;
    };
  };
  /** Say whether a subscription renews when its term ends, or ends with it */
  changeRenewal: {
    input: {
      params: {
        /** UUIDv7 */
        subscriptionId: string;
      };
      body: {
        /** whether another term follows the running one */
        renews: boolean;
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
      prorationBasis: "day" | "second";
      /** canceled from the request on; it is served until its end */
      status: "active" | "canceled";
      state: "scheduled" | "trialing" | "active" | "paused" | "ended";
      /** calendar date in the account's time zone */
      startsOn: string;
      /** the date that every period boundary is counted from */
      anchor: string;
      /** whether the plan's trial was left out because the account had one before */
      trialSkipped: boolean;
      commitment: {
        /** major units of the currency */
        amount: string;
        /** whole billing periods */
        term: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
      } | null;
      /** null: it goes on from period to period */
      term: {
        length: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
        /** whether another term follows; the subscription ends with the running one otherwise */
        renews: boolean;
        noticeDays: number;
        /** of the running term, 1 for the first */
        number: number;
        /** calendar date in the account's time zone */
        startsOn: string;
        /** first date of the next term, or the first that is no longer subscribed */
        endsOn: string;
      } | null;
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
        /** key of the phase of the plan */
        phase: string;
        kind: "trial" | "intro" | "evergreen";
        /** costs no fees; usage in it is rated */
        paused: boolean;
        /** calendar date in the account's time zone */
        from: string;
        /** first date that is no longer in the phase */
        to: string | null;
        startsAt: string;
        endsAt: string | null;
      })[];
      addOns: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        planId: string;
        planVersion: number;
        quantity: number;
        /** calendar date in the account's time zone */
        from: string;
        to: string | null;
        phases: ({
          /** UUIDv7 */
          id: string;
          /** UUIDv7 */
          planId: string;
          planVersion: number;
          quantity: number;
          /** key of the phase of the plan */
          phase: string;
          kind: "trial" | "intro" | "evergreen";
          /** costs no fees; usage in it is rated */
          paused: boolean;
          /** calendar date in the account's time zone */
          from: string;
          /** first date that is no longer in the phase */
          to: string | null;
          startsAt: string;
          endsAt: string | null;
        })[];
      })[];
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Make a tenant a sandbox, which may move its own time, or no longer */
  changeSandbox: {
    input: {
      params: {
        /** UUIDv7 */
        tenantId: string;
      };
      body: {
        sandbox: boolean;
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
      /** what the operator says; goes before what the plan allows */
      limits: Record<string, number>;
      /** what the plan allows; a name that is absent in both is not limited */
      planLimits: Record<string, number>;
      /** whether it is there to try things out, and may stop its time */
      sandbox: boolean;
      /** where its time stands; null: it goes with everybody's */
      testClock: string | null;
      /** when a closing tenant is deleted */
      deletesAt: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Change plan, version or seats: now, at the end of the period or term, or on a date */
  changeSubscription: {
    input: {
      params: {
        /** UUIDv7 */
        subscriptionId: string;
      };
      body: {
        /** unchanged when absent */
        planId?: string;
        /** the newest published one of the given plan when absent */
        planVersion?: number;
        /** unchanged when absent */
        quantity?: number;
        /** at once, or when the running period or term ends; without a term each period is one */
        when?: "now" | "period_end" | "term_end";
        /** the day on which it takes effect; not before what was billed in arrears */
        on?: string;
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
      prorationBasis: "day" | "second";
      /** canceled from the request on; it is served until its end */
      status: "active" | "canceled";
      state: "scheduled" | "trialing" | "active" | "paused" | "ended";
      /** calendar date in the account's time zone */
      startsOn: string;
      /** the date that every period boundary is counted from */
      anchor: string;
      /** whether the plan's trial was left out because the account had one before */
      trialSkipped: boolean;
      commitment: {
        /** major units of the currency */
        amount: string;
        /** whole billing periods */
        term: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
      } | null;
      /** null: it goes on from period to period */
      term: {
        length: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
        /** whether another term follows; the subscription ends with the running one otherwise */
        renews: boolean;
        noticeDays: number;
        /** of the running term, 1 for the first */
        number: number;
        /** calendar date in the account's time zone */
        startsOn: string;
        /** first date of the next term, or the first that is no longer subscribed */
        endsOn: string;
      } | null;
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
        /** key of the phase of the plan */
        phase: string;
        kind: "trial" | "intro" | "evergreen";
        /** costs no fees; usage in it is rated */
        paused: boolean;
        /** calendar date in the account's time zone */
        from: string;
        /** first date that is no longer in the phase */
        to: string | null;
        startsAt: string;
        endsAt: string | null;
      })[];
      addOns: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        planId: string;
        planVersion: number;
        quantity: number;
        /** calendar date in the account's time zone */
        from: string;
        to: string | null;
        phases: ({
          /** UUIDv7 */
          id: string;
          /** UUIDv7 */
          planId: string;
          planVersion: number;
          quantity: number;
          /** key of the phase of the plan */
          phase: string;
          kind: "trial" | "intro" | "evergreen";
          /** costs no fees; usage in it is rated */
          paused: boolean;
          /** calendar date in the account's time zone */
          from: string;
          /** first date that is no longer in the phase */
          to: string | null;
          startsAt: string;
          endsAt: string | null;
        })[];
      })[];
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Say how much of what a tenant may have */
  changeTenantLimits: {
    input: {
      params: {
        /** UUIDv7 */
        tenantId: string;
      };
      body: {
        members?: number;
        apiKeys?: number;
        emailDomains?: number;
        divisions?: number;
        accounts?: number;
        requestsPerMinute?: number;
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
      /** what the operator says; goes before what the plan allows */
      limits: Record<string, number>;
      /** what the plan allows; a name that is absent in both is not limited */
      planLimits: Record<string, number>;
      /** whether it is there to try things out, and may stop its time */
      sandbox: boolean;
      /** where its time stands; null: it goes with everybody's */
      testClock: string | null;
      /** when a closing tenant is deleted */
      deletesAt: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Bind a subscription for terms of a length, or no longer */
  changeTerm: {
    input: {
      params: {
        /** UUIDv7 */
        subscriptionId: string;
      };
      body: {
        /** null: none any more */
        term: {
          /** whole billing periods */
          length: {
            unit: "day" | "week" | "month" | "year";
            count: number;
          };
          /** whether another term follows; true when absent */
          renews?: boolean;
          /** days before its end on which the end of a term is announced; 30 when absent */
          noticeDays?: number;
        } | null;
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
      prorationBasis: "day" | "second";
      /** canceled from the request on; it is served until its end */
      status: "active" | "canceled";
      state: "scheduled" | "trialing" | "active" | "paused" | "ended";
      /** calendar date in the account's time zone */
      startsOn: string;
      /** the date that every period boundary is counted from */
      anchor: string;
      /** whether the plan's trial was left out because the account had one before */
      trialSkipped: boolean;
      commitment: {
        /** major units of the currency */
        amount: string;
        /** whole billing periods */
        term: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
      } | null;
      /** null: it goes on from period to period */
      term: {
        length: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
        /** whether another term follows; the subscription ends with the running one otherwise */
        renews: boolean;
        noticeDays: number;
        /** of the running term, 1 for the first */
        number: number;
        /** calendar date in the account's time zone */
        startsOn: string;
        /** first date of the next term, or the first that is no longer subscribed */
        endsOn: string;
      } | null;
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
        /** key of the phase of the plan */
        phase: string;
        kind: "trial" | "intro" | "evergreen";
        /** costs no fees; usage in it is rated */
        paused: boolean;
        /** calendar date in the account's time zone */
        from: string;
        /** first date that is no longer in the phase */
        to: string | null;
        startsAt: string;
        endsAt: string | null;
      })[];
      addOns: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        planId: string;
        planVersion: number;
        quantity: number;
        /** calendar date in the account's time zone */
        from: string;
        to: string | null;
        phases: ({
          /** UUIDv7 */
          id: string;
          /** UUIDv7 */
          planId: string;
          planVersion: number;
          quantity: number;
          /** key of the phase of the plan */
          phase: string;
          kind: "trial" | "intro" | "evergreen";
          /** costs no fees; usage in it is rated */
          paused: boolean;
          /** calendar date in the account's time zone */
          from: string;
          /** first date that is no longer in the phase */
          to: string | null;
          startsAt: string;
          endsAt: string | null;
        })[];
      })[];
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Which plan versions Kill Bill can have, and why it cannot have the others */
  checkKillBillPlans: {
    input: {};
    response: {
      plans: ({
        /** UUIDv7 */
        planId: string;
        planKey: string;
        version: number;
        currency: string;
        /** in Kill Bill's catalogue; null: it is not there */
        name: string | null;
        reasons: string[];
      })[];
    };
  };
  /** Ask whether the caller holds one permission, or each of several, in the whole tenant or on one object */
  checkPermissions: {
    input: {
      body: {
        permission?: string;
        permissions?: string[];
        /** absent: in the whole tenant */
        object?: {
          /** UUIDv7 */
          organizationId?: string;
          /** UUIDv7 */
          divisionId?: string;
          /** properties that conditions look at */
          properties?: Record<string, string | number | boolean | null>;
        };
      };
    };
    response: {
      /** whether all of them are held */
      allowed: boolean;
      results: {
        permission: string;
        allowed: boolean;
      }[];
    };
  };
  /** End a dispute, for the customer or against them; its invoices are collected again */
  closeDispute: {
    input: {
      params: {
        /** UUIDv7 */
        disputeId: string;
      };
      body: {
        status: "resolved" | "rejected";
        outcome: string;
      };
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      accountId: string;
      reason: "service_not_received" | "overcharged" | "charged_after_cancellation" | "duplicate" | "other";
      description: string;
      status: "open" | "investigating" | "resolved" | "rejected";
      assigneeId: string | null;
      currency: string;
      /** with tax */
      disputedMinor: string;
      invoices: {
        /** UUIDv7 */
        invoiceId: string;
        /** lines; empty: the whole invoice */
        positions: number[];
        disputedMinor: string;
      }[];
      evidenceFrom: string;
      evidenceTo: string;
      chargebackId: string | null;
      outcome: string | null;
      openedBy: string;
      version: number;
      createdAt: string;
      updatedAt: string;
      closedAt: string | null;
    };
  };
  /** Have a tenant deleted with everything in it when the grace period is over */
  closeTenant: {
    input: {
      params: {
        /** UUIDv7 */
        tenantId: string;
      };
      body: {
        /** the name of the tenant, as a confirmation */
        name: string;
        password?: string;
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
      /** what the operator says; goes before what the plan allows */
      limits: Record<string, number>;
      /** what the plan allows; a name that is absent in both is not limited */
      planLimits: Record<string, number>;
      /** whether it is there to try things out, and may stop its time */
      sandbox: boolean;
      /** where its time stands; null: it goes with everybody's */
      testClock: string | null;
      /** when a closing tenant is deleted */
      deletesAt: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Compare two versions of a plan */
  comparePlanVersions: {
    input: {
      params: {
        /** UUIDv7 */
        planId: string;
      };
      query: {
        from: number;
        to: number;
      };
    };
    response: {
      /** UUIDv7 */
      planId: string;
      from: number;
      to: number;
      changes: ({
        kind: "add_on_to_changed" | "currency_changed" | "currencies_changed" | "period_changed" | "phase_added" | "phase_removed" | "phase_changed" | "phase_order_changed" | "proration_basis_changed" | "tax_inclusion_changed" | "minimum_spend_changed" | "maximum_spend_changed" | "price_added" | "price_removed" | "price_changed" | "price_order_changed" | "entitlement_added" | "entitlement_removed" | "entitlement_changed" | "entitlement_order_changed";
        /** JSON Pointer in which prices, phases and entitlements stand under their keys */
        path: string;
        /** null: there was nothing */
        before: unknown;
        /** null: there is nothing */
        after: unknown;
      })[];
    };
  };
  /** Hold the invoices of an account against those of Kill Bill, by period */
  compareWithKillBill: {
    input: {
      query: {
        /** UUIDv7 */
        accountId: string;
      };
    };
    response: {
      periods: {
        /** UUIDv7 */
        subscriptionId: string;
        from: string;
        /** the first date that is no longer in the period */
        to: string;
        currency: string;
        oursMinor: string;
        killBillMinor: string;
        /** ours less theirs */
        differenceMinor: string;
      }[];
    };
  };
  /** Sign in with a passkey, or complete the sign-in of this browser with one */
  completePasskeySignIn: {
    input: {
      body: {
        credential: {
          id: string;
          rawId: string;
          type: "public-key";
          response: {
            clientDataJSON: string;
            authenticatorData: string;
            signature: string;
            userHandle?: string | null;
          } & Record<string, unknown>;
        } & Record<string, unknown>;
      };
    };
    response: {
      /** null where it would tell whether an address is known */
      user: {
        /** UUIDv7 */
        id: string;
        email: string;
        name: string;
        emailVerified: boolean;
        createdAt: string;
      } | null;
      /** what there is to do before the session counts */
      next: "done" | "second_factor" | "verify_email" | "sign_in";
    };
  };
  /** Complete the sign-in of this browser with a code of the authenticator app or a recovery code */
  completeSecondFactor: {
    input: {
      body: {
        code: string;
      } | {
        recoveryCode: string;
      };
    };
    response: {
      /** null where it would tell whether an address is known */
      user: {
        /** UUIDv7 */
        id: string;
        email: string;
        name: string;
        emailVerified: boolean;
        createdAt: string;
      } | null;
      /** what there is to do before the session counts */
      next: "done" | "second_factor" | "verify_email" | "sign_in";
    };
  };
  /** Set the alert and the automatic top-up of an account's credit in a currency */
  configureCreditWallet: {
    input: {
      params: {
        /** UUIDv7 */
        accountId: string;
        currency: string;
      };
      body: {
        /** the event credit.low_balance tells when the balance falls below it */
        lowBalanceMinor?: string | null;
        topUp?: {
          /** a balance below it is topped up, within the hour */
          thresholdMinor: string;
          amountMinor: string;
          /** until what was topped up expires; null: never */
          expiryDays?: number | null;
        } | null;
      };
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      accountId: string;
      currency: string;
      balanceMinor: string;
      lowBalanceMinor: string | null;
      topUp: {
        /** a balance below it is topped up, within the hour */
        thresholdMinor: string;
        amountMinor: string;
        /** until what was topped up expires; null: never */
        expiryDays: number | null;
      } | null;
      /** when a top-up is tried again, after one that failed */
      topUpNotBefore: string | null;
      /** of the settings */
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Confirm an authenticator app with a code that it shows */
  confirmAuthenticator: {
    input: {
      body: {
        code: string;
      };
    };
    response: {
      /** shown once; each is good for one sign-in without the app */
      recoveryCodes: string[];
    };
  };
  /** Sign in with the token of a link, or with a code */
  confirmEmailSignIn: {
    input: {
      body: {
        token: string;
      } | {
        email: string;
        code: string;
      };
    };
    response: {
      /** null where it would tell whether an address is known */
      user: {
        /** UUIDv7 */
        id: string;
        email: string;
        name: string;
        emailVerified: boolean;
        createdAt: string;
      } | null;
      /** what there is to do before the session counts */
      next: "done" | "second_factor" | "verify_email" | "sign_in";
    };
  };
  /** Set a new password with the token of a link */
  confirmPasswordReset: {
    input: {
      body: {
        token: string;
        password: string;
      };
    };
    response: {
      changed: true;
    };
  };
  /** Mirror accounts, subscriptions and usage to a Kill Bill, change the connection, or switch it off */
  connectKillBill: {
    input: {
      body: {
        /** without /1.0/kb */
        baseUrl: string;
        user: string;
        password?: string;
        apiKey: string;
        apiSecret?: string;
        enabled?: boolean;
      };
    };
    response: {
      baseUrl: string;
      user: string;
      apiKey: string;
      enabled: boolean;
      /** how many versions of the catalogue were uploaded */
      catalogueUploads: number;
      /** when a run last came to its end */
      mirroredAt: string | null;
      /** why the last run did not */
      lastError: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Replace an unmatched event by another of the same source and id, and count it if that can be */
  correctUnmatchedUsage: {
    input: {
      body: {
        /** the CloudEvent as it should have been */
        event: Record<string, unknown>;
      };
    };
    response: {
      counted: number;
      unmatched: number;
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
        parentId?: string | null;
        customerTenantId?: string | null;
        billing?: {
          /** name on invoices; the account's when absent */
          name?: string;
          /** where invoices are sent */
          email?: string;
          address?: {
            line1: string;
            line2?: string;
            city: string;
            /** state, province or canton, as ISO 3166-2 without the country where there is a code */
            region?: string;
            postalCode?: string;
            country: string;
          };
          /** such as a VAT identification number, with its country prefix */
          taxId?: string;
          taxExempt?: boolean;
          /** BCP 47 tag of the language of invoices */
          language?: string;
          /** the customer's own reference: purchase order, cost centre, Leitweg-ID */
          reference?: string;
          paymentTermDays?: number;
          /** key of the legal entity that bills it */
          legalEntity?: string;
          invoicing?: "consolidated" | "per_subscription";
        };
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
      parentId: string | null;
      customerTenantId: string | null;
      billing: {
        /** name on invoices; the account's when absent */
        name?: string;
        /** where invoices are sent */
        email?: string;
        address?: {
          line1: string;
          line2?: string;
          city: string;
          /** state, province or canton, as ISO 3166-2 without the country where there is a code */
          region?: string;
          postalCode?: string;
          country: string;
        };
        /** such as a VAT identification number, with its country prefix */
        taxId?: string;
        taxExempt?: boolean;
        /** BCP 47 tag of the language of invoices */
        language?: string;
        /** the customer's own reference: purchase order, cost centre, Leitweg-ID */
        reference?: string;
        paymentTermDays?: number;
        /** key of the legal entity that bills it */
        legalEntity?: string;
        invoicing?: "consolidated" | "per_subscription";
      };
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
          parentId?: string | null;
          customerTenantId?: string | null;
          billing?: {
            /** name on invoices; the account's when absent */
            name?: string;
            /** where invoices are sent */
            email?: string;
            address?: {
              line1: string;
              line2?: string;
              city: string;
              /** state, province or canton, as ISO 3166-2 without the country where there is a code */
              region?: string;
              postalCode?: string;
              country: string;
            };
            /** such as a VAT identification number, with its country prefix */
            taxId?: string;
            taxExempt?: boolean;
            /** BCP 47 tag of the language of invoices */
            language?: string;
            /** the customer's own reference: purchase order, cost centre, Leitweg-ID */
            reference?: string;
            paymentTermDays?: number;
            /** key of the legal entity that bills it */
            legalEntity?: string;
            invoicing?: "consolidated" | "per_subscription";
          };
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
        scopes: ("user:read" | "user:write" | "user:impersonate" | "user:disable" | "user:administer" | "invitation:read" | "invitation:write" | "group:read" | "group:write" | "role:read" | "role:write" | "service-account:read" | "service-account:write" | "identity-provider:read" | "identity-provider:write" | "client:read" | "client:write" | "policy:read" | "policy:write" | "webhook:read" | "webhook:write" | "scim:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "tenant:export" | "tenant:delete" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "account:link" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "coupon:read" | "coupon:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "legal-entity:read" | "legal-entity:write" | "credit-note:read" | "credit-note:write" | "payment:read" | "payment:write" | "payment:refund" | "dispute:read" | "dispute:write" | "dispute:approve" | "credit:read" | "credit:write" | "report:read" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "usage:backfill" | "usage:correct" | "quota:read" | "quota:write" | "audit:read")[];
        expiresAt?: string;
        rateLimit?: number | null;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      name: string;
      prefix: string;
      scopes: ("user:read" | "user:write" | "user:impersonate" | "user:disable" | "user:administer" | "invitation:read" | "invitation:write" | "group:read" | "group:write" | "role:read" | "role:write" | "service-account:read" | "service-account:write" | "identity-provider:read" | "identity-provider:write" | "client:read" | "client:write" | "policy:read" | "policy:write" | "webhook:read" | "webhook:write" | "scim:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "tenant:export" | "tenant:delete" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "account:link" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "coupon:read" | "coupon:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "legal-entity:read" | "legal-entity:write" | "credit-note:read" | "credit-note:write" | "payment:read" | "payment:write" | "payment:refund" | "dispute:read" | "dispute:write" | "dispute:approve" | "credit:read" | "credit:write" | "report:read" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "usage:backfill" | "usage:correct" | "quota:read" | "quota:write" | "audit:read")[];
      /** UUIDv7 */
      createdBy: string;
      createdAt: string;
      expiresAt: string | null;
      revokedAt: string | null;
      /** requests a minute in all, beside the limits of routes */
      rateLimit: number | null;
      rotatedAt: string | null;
      /** until when the secret before the last rotation counts */
      overlapUntil: string | null;
      lastUsedAt: string | null;
      key: string;
    };
  };
  /** Begin to set up an authenticator app (RFC 6238) */
  createAuthenticator: {
    input: {
      body: {
        password?: string;
      };
    };
    response: {
      /** base 32, to type into the app */
      secret: string;
      /** key URI, otpauth: */
      uri: string;
      /** the key URI as a QR code, an SVG */
      qrCode: string;
    };
  };
  /** Fill usage from a counter of Prometheus, once a day */
  createBackfillSource: {
    input: {
      params: {
        /** UUIDv7 */
        tenantId: string;
      };
      body: {
        name: string;
        /** a meter that sums */
        meter: string;
        selector: string;
        accountLabel: string;
        /** fraction digits to which increases are rounded */
        digits?: number;
        /** of the events' data, for the meter's filters and dimensions */
        properties?: Record<string, string>;
        /** the first day (UTC) to fill; yesterday when absent */
        startsOn?: string;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      name: string;
      meter: string;
      selector: string;
      accountLabel: string;
      digits: number;
      properties: Record<string, string>;
      /** the next day (UTC) to fill */
      nextDay: string;
      lastError: string | null;
      createdAt: string;
    };
  };
  /** Charge something once: on the next invoice of who pays for the account, or on one of its own */
  createCharge: {
    input: {
      body: {
        /** UUIDv7 */
        accountId: string;
        currency: string;
        description: string;
        quantity?: string;
        /** major units; negative for what is given back */
        unitAmount: string;
        taxCategory?: string;
        taxInclusive?: boolean;
        when?: "next_invoice" | "now";
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      accountId: string;
      currency: string;
      description: string;
      quantity: string;
      unitAmount: string;
      amountMinor: string;
      taxCategory: string;
      taxInclusive: boolean;
      /** the invoice that it is on; null while it waits for one */
      invoiceId: string | null;
      createdAt: string;
      canceledAt: string | null;
    };
  };
  /** Register a client; the secret of a confidential one is in this answer and never shown again */
  createClient: {
    input: {
      body: {
        name: string;
        /** has a secret */
        confidential?: boolean;
        /** an application on a device */
        native?: boolean;
        /** the operator's own: nobody is asked for consent */
        firstParty?: boolean;
        /** its tokens may do all that their user may, unless it asks for less */
        actsAsUser?: boolean;
        grantTypes?: ("authorization_code" | "refresh_token" | "client_credentials" | "device_code")[];
        /** compared letter by letter */
        redirectUris?: string[];
        postLogoutRedirectUris?: string[];
        /** told when a session ends */
        backchannelLogoutUri?: string | null;
        /** what it may ask for in scope */
        permissions?: ("user:read" | "user:write" | "user:impersonate" | "user:disable" | "user:administer" | "invitation:read" | "invitation:write" | "group:read" | "group:write" | "role:read" | "role:write" | "service-account:read" | "service-account:write" | "identity-provider:read" | "identity-provider:write" | "client:read" | "client:write" | "policy:read" | "policy:write" | "webhook:read" | "webhook:write" | "scim:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "tenant:export" | "tenant:delete" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "account:link" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "coupon:read" | "coupon:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "legal-entity:read" | "legal-entity:write" | "credit-note:read" | "credit-note:write" | "payment:read" | "payment:write" | "payment:refund" | "dispute:read" | "dispute:write" | "dispute:approve" | "credit:read" | "credit:write" | "report:read" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "usage:backfill" | "usage:correct" | "quota:read" | "quota:write" | "audit:read")[];
        logoUri?: string | null;
        homeUri?: string | null;
      };
    };
    response: {
      /** the client_id */
      id: string;
      /** only administered ones change through the API */
      origin: "built-in" | "declared" | "administered";
      name: string;
      /** has a secret */
      confidential: boolean;
      /** an application on a device */
      native: boolean;
      /** the operator's own: nobody is asked for consent */
      firstParty: boolean;
      /** its tokens may do all that their user may, unless it asks for less */
      actsAsUser: boolean;
      grantTypes: ("authorization_code" | "refresh_token" | "client_credentials" | "device_code")[];
      /** compared letter by letter */
      redirectUris: string[];
      postLogoutRedirectUris: string[];
      /** told when a session ends */
      backchannelLogoutUri: string | null;
      /** what it may ask for in scope */
      permissions: ("user:read" | "user:write" | "user:impersonate" | "user:disable" | "user:administer" | "invitation:read" | "invitation:write" | "group:read" | "group:write" | "role:read" | "role:write" | "service-account:read" | "service-account:write" | "identity-provider:read" | "identity-provider:write" | "client:read" | "client:write" | "policy:read" | "policy:write" | "webhook:read" | "webhook:write" | "scim:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "tenant:export" | "tenant:delete" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "account:link" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "coupon:read" | "coupon:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "legal-entity:read" | "legal-entity:write" | "credit-note:read" | "credit-note:write" | "payment:read" | "payment:write" | "payment:refund" | "dispute:read" | "dispute:write" | "dispute:approve" | "credit:read" | "credit:write" | "report:read" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "usage:backfill" | "usage:correct" | "quota:read" | "quota:write" | "audit:read")[];
      logoUri: string | null;
      homeUri: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
      secret: string | null;
    };
  };
  /** Create a coupon */
  createCoupon: {
    input: {
      body: {
        code: string;
        name: string;
        discount: {
          kind: "percent";
          percent: string;
        } | {
          kind: "amount";
          amount: string;
          currency: string;
        };
        /** how many invoices it lowers; null: all */
        periods?: number | null;
        /** keys of the plans; null: every plan */
        plans?: string[] | null;
        /** keys of prices; null: every price */
        prices?: string[] | null;
        redeemableUntil?: string | null;
        maximumRedemptions?: number | null;
        oncePerAccount?: boolean;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      code: string;
      name: string;
      discount: {
        kind: "percent";
        percent: string;
      } | {
        kind: "amount";
        amount: string;
        currency: string;
      };
      periods: number | null;
      plans: string[] | null;
      prices: string[] | null;
      redeemableUntil: string | null;
      maximumRedemptions: number | null;
      oncePerAccount: boolean;
      archived: boolean;
      /** UUIDv7 */
      id: string;
      version: number;
      createdAt: string;
      updatedAt: string;
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
  /** Connect an account at a payment gateway */
  createGatewayAccount: {
    input: {
      body: {
        gateway: "stripe";
        name: string;
        /** whose invoices it is for; null: of every legal entity */
        legalEntityId?: string | null;
        /** for the gateway's code in a browser; no secret */
        publishableKey?: string | null;
        /** kept encrypted and never shown again */
        secretKey: string;
        /** signs what the gateway sends to POST /payments/webhooks/:gatewayAccountId; never shown again */
        webhookSecret?: string | null;
        enabled?: boolean;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      gateway: "stripe";
      name: string;
      legalEntityId: string | null;
      publishableKey: string | null;
      hasWebhookSecret: boolean;
      enabled: boolean;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Make a group */
  createGroup: {
    input: {
      body: {
        name: string;
        description?: string | null;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      name: string;
      description: string | null;
      /** scim: kept by the tenant's directory */
      source: "local" | "scim";
      externalId: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Let people sign in by another identity provider */
  createIdentityProvider: {
    input: {
      query?: {
        /** the tenant's own providers, or those of the whole platform, which its administrators alone see */
        realm?: "tenant" | "platform";
      };
      body: {
        /** what its button says */
        title: string;
        enabled?: boolean;
        settings: {
          kind: "google";
          clientId: string;
          /** never shown; absent on updates: the one before */
          clientSecret?: string;
          /** only accounts of this Google Workspace domain */
          hostedDomain?: string;
        } | {
          kind: "microsoft";
          clientId: string;
          /** never shown; absent on updates: the one before */
          clientSecret?: string;
          /** whose accounts: of one directory by its id, of every organization, personal ones, or all */
          directory?: "common" | "organizations" | "consumers" | string;
          /** only accounts of these directories; none: of any */
          allowedDirectories?: string[];
        } | {
          kind: "apple";
          /** the Services ID */
          clientId: string;
          teamId: string;
          keyId: string;
          /** the .p8 file as text; never shown; absent on updates: the one before */
          privateKey?: string;
        } | {
          kind: "facebook";
          clientId: string;
          /** never shown; absent on updates: the one before */
          clientSecret?: string;
        } | {
          kind: "github";
          clientId: string;
          /** never shown; absent on updates: the one before */
          clientSecret?: string;
          /** of a GitHub Enterprise Server */
          baseUrl?: string;
        } | {
          kind: "oidc";
          clientId: string;
          /** never shown; absent on updates: the one before */
          clientSecret?: string;
          issuer: string;
          scopes?: string[];
          /** how the client secret is sent */
          clientAuthentication?: "basic" | "post";
          /** names of claims or attributes, where they are not the usual ones */
          mapping?: {
            email?: string;
            name?: string;
            firstName?: string;
            lastName?: string;
            locale?: string;
          };
          /** values of amr, acr or AuthnContextClassRef that stand for two factors */
          multiFactorValues?: string[];
        } | {
          kind: "saml";
          /** the provider's metadata; sets the three fields below */
          metadata?: string;
          /** where the metadata is read from, now and on every test */
          metadataUrl?: string;
          entityId?: string;
          /** its single sign-on service for the HTTP-Redirect binding */
          ssoUrl?: string;
          /** PEM; those that it signs with */
          certificates?: string[];
          /** names of claims or attributes, where they are not the usual ones */
          mapping?: {
            email?: string;
            name?: string;
            firstName?: string;
            lastName?: string;
            locale?: string;
          };
          /** values of amr, acr or AuthnContextClassRef that stand for two factors */
          multiFactorValues?: string[];
        };
        /** whether people whom nobody knows here become users; platform: where anybody may sign up */
        signUp?: "never" | "platform" | "always";
        /** only addresses of these domains; none: any */
        allowedDomains?: string[];
        /** people with an address of the tenant's verified domains are sent there */
        homeRealm?: boolean;
        /** it answers for the addresses it names without saying that they are verified; of a tenant's, in its domains */
        trustEmail?: boolean;
        /** what it says of a second factor counts here */
        trustMultiFactor?: boolean;
        /** who signs in by it becomes a member with this role of the tenant's */
        joinRole?: string | null;
      };
    };
    response: {
      id: string;
      realm: "tenant" | "platform";
      /** declared ones change in their file alone */
      origin: "administered" | "declared";
      /** what its button says */
      title: string;
      enabled: boolean;
      /** whether people whom nobody knows here become users; platform: where anybody may sign up */
      signUp: "never" | "platform" | "always";
      /** only addresses of these domains; none: any */
      allowedDomains: string[];
      /** people with an address of the tenant's verified domains are sent there */
      homeRealm: boolean;
      /** it answers for the addresses it names without saying that they are verified; of a tenant's, in its domains */
      trustEmail: boolean;
      /** what it says of a second factor counts here */
      trustMultiFactor: boolean;
      /** who signs in by it becomes a member with this role of the tenant's */
      joinRole: string | null;
      /** as they were sent, without the secret */
      settings: Record<string, unknown>;
      secretSet: boolean;
      /** to be registered with the provider; for SAML the assertion consumer service */
      callbackUrl: string;
      /** of our side, for SAML; its address is our entity id */
      metadataUrl: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Invite an email address into the tenant with roles */
  createInvitation: {
    input: {
      body: {
        email: string;
        roles: string[];
        /** language of the mail to somebody who has no account */
        locale?: "en" | "de";
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      email: string;
      roles: string[];
      status: "open" | "accepted" | "revoked" | "expired";
      /** UUIDv7 */
      invitedBy: string;
      createdAt: string;
      /** when the last mail was sent */
      sentAt: string;
      expiresAt: string;
      acceptedAt: string | null;
      acceptedBy: string | null;
    };
  };
  /** Add a legal entity, which accounts name in their billing profile */
  createLegalEntity: {
    input: {
      body: {
        key: string;
        name: string;
        address?: {
          line1: string;
          line2?: string;
          city: string;
          /** state, province or canton, as ISO 3166-2 without the country where there is a code */
          region?: string;
          postalCode?: string;
          country: string;
        } | null;
        /** such as a VAT identification number */
        taxId?: string | null;
        /** register and number, as printed */
        registration?: string | null;
        email?: string | null;
        /** of the contact that e-invoices name */
        phone?: string | null;
        bank?: {
          holder: string;
          iban: string;
          bic?: string | null;
          bankName?: string | null;
        } | null;
        /** text at the foot of documents by language tag */
        footer?: Record<string, string>;
        /** stands before the numbers of invoices from now on */
        invoicePrefix?: string;
        creditNotePrefix?: string;
        /** whether tax is rounded on each line, or once for each rate from the sum */
        taxRounding?: "line" | "total";
        /** where taxes come from: the table of rates, or the configured tax service */
        taxProvider?: "rates" | "external";
        /** countries of one tax union with the entity, itself among them: businesses elsewhere in it owe the tax themselves */
        taxUnion?: string[];
        paymentTermDays?: number;
        /** how long drafts wait before they are finalized by themselves */
        reviewHours?: number;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      key: string;
      /** empty for the default one before it is set */
      name: string;
      address: {
        line1: string;
        line2?: string;
        city: string;
        /** state, province or canton, as ISO 3166-2 without the country where there is a code */
        region?: string;
        postalCode?: string;
        country: string;
      } | null;
      /** such as a VAT identification number */
      taxId: string | null;
      /** register and number, as printed */
      registration: string | null;
      email: string | null;
      /** of the contact that e-invoices name */
      phone: string | null;
      bank: {
        holder: string;
        iban: string;
        bic: string | null;
        bankName: string | null;
      } | null;
      /** text at the foot of documents by language tag */
      footer: Record<string, string>;
      /** stands before the numbers of invoices from now on */
      invoicePrefix: string;
      creditNotePrefix: string;
      /** whether tax is rounded on each line, or once for each rate from the sum */
      taxRounding: "line" | "total";
      /** where taxes come from: the table of rates, or the configured tax service */
      taxProvider: "rates" | "external";
      /** countries of one tax union with the entity, itself among them: businesses elsewhere in it owe the tax themselves */
      taxUnion: string[];
      paymentTermDays: number;
      /** how long drafts wait before they are finalized by themselves */
      reviewHours: number;
      /** UUIDv7 */
      id: string;
      /** 0 for the default one before it is set */
      version: number;
      createdAt: string | null;
      updatedAt: string | null;
    };
  };
  /** Create a meter */
  createMeter: {
    input: {
      body: {
        key: string;
        name: string;
        eventType: string;
        /** weighted_sum: each value times the hours until the next one, in unit-hours; percentile: by nearest rank */
        aggregation: "count" | "sum" | "max" | "min" | "last" | "unique_count" | "weighted_sum" | "percentile";
        valueProperty?: string;
        percentile?: string | null;
        /** conditions on the data, compared as text; all must hold */
        filters?: ({
          property: string;
          operator: "equals" | "not_equals" | "in";
          values: string[];
        })[];
        /** properties of the event's data by which usage can be grouped */
        dimensions?: string[];
        unit?: string;
        /** also count the events that are stored already */
        backfill?: boolean;
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
      /** weighted_sum: each value times the hours until the next one, in unit-hours; percentile: by nearest rank */
      aggregation: "count" | "sum" | "max" | "min" | "last" | "unique_count" | "weighted_sum" | "percentile";
      valueProperty: string | null;
      percentile: string | null;
      /** conditions on the data, compared as text; all must hold */
      filters: ({
        property: string;
        operator: "equals" | "not_equals" | "in";
        values: string[];
      })[];
      /** properties of the event's data by which usage can be grouped */
      dimensions: string[];
      unit: string | null;
      archived: boolean;
      version: number;
      /** number of the definition by which the meter answers */
      revision: number;
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
  /** Add the passkey that the browser made */
  createPasskey: {
    input: {
      body: {
        name?: string;
        credential: {
          id: string;
          rawId: string;
          type: "public-key";
          response: {
            clientDataJSON: string;
            attestationObject: string;
            transports?: string[];
          } & Record<string, unknown>;
        } & Record<string, unknown>;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      name: string;
      /** whether it is kept on several devices */
      backedUp: boolean;
      createdAt: string;
      lastUsedAt: string | null;
    };
  };
  /** Add a permission of one of the tenant's own applications */
  createPermission: {
    input: {
      body: {
        name: string;
        description?: string | null;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      name: string;
      description: string | null;
      createdAt: string;
    };
  };
  /** Create a plan or an add-on with its first version */
  createPlan: {
    input: {
      body: {
        key: string;
        name: string;
        /** UUIDv7 */
        productId: string;
        /** an add-on is sold beside a plan; "plan" when absent */
        kind?: "plan" | "add_on";
        family?: {
          /** key of a plan family */
          key: string;
          /** a change to a higher rank is an upgrade */
          rank: number;
          /** keys of the plans of the family that a subscription may change to; null: all */
          changesTo?: string[] | null;
        } | null;
        /** keys of the plans that an add-on may be sold with; null: with any */
        addOnTo?: string[] | null;
        currency: string;
        /** further currencies in which the plan is sold */
        currencies?: string[];
        period: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
        /** in their order; one evergreen phase when absent */
        phases?: ({
          key: string;
          kind: "trial" | "intro" | "evergreen";
          length: {
            unit: "day" | "week" | "month" | "year";
            count: number;
          } | null;
        })[];
        /** how parts of a period are measured; "day" when absent */
        prorationBasis?: "day" | "second";
        /** whether the prices contain the tax */
        taxInclusive?: boolean;
        /** least that a period costs before tax, main currency */
        minimumSpend?: string | null;
        /** the same in each further currency */
        minimumSpends?: Record<string, string>;
        /** most that a period costs before tax, main currency */
        maximumSpend?: string | null;
        /** the same in each further currency */
        maximumSpends?: Record<string, string>;
        prices: ({
          key: string;
          description: string;
          /** in the main currency of the plan */
          model: {
            model: "flat";
            amount: string;
            timing: "advance" | "arrears";
          } | {
            model: "per_unit";
            unitAmount: string;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "graduated";
            tiers: ({
              upTo: string | null;
              /** major units, for example "0.0005" */
              unitAmount: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** whether the first tier's flat amount falls due without usage too */
            flatAtZero?: boolean;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "volume";
            tiers: ({
              upTo: string | null;
              /** major units, for example "0.0005" */
              unitAmount: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** whether the first tier's flat amount falls due without usage too */
            flatAtZero?: boolean;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "package";
            packageSize: string;
            packageAmount: string;
            freeUnits?: string;
            rounding?: "up" | "down";
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "percentage";
            /** percent of the metered amount */
            rate: string;
            /** part of the metered amount that costs nothing */
            freeUnits?: string;
            /** least that a period with chargeable usage costs */
            minimumAmount?: string;
            /** most that a period costs */
            maximumAmount?: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "graduated_percentage";
            tiers: ({
              upTo: string | null;
              /** percent, for example "2.9" */
              rate: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "matrix";
            /** properties by which the meter groups */
            dimensions: string[];
            cells: {
              /** a value for each dimension */
              values: Record<string, string>;
              unitAmount: string;
            }[];
            /** for values that no cell names */
            otherUnitAmount: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "bulk_commitment";
            /** committed units, paid for whether used or not */
            quantity: string;
            /** price of the committed units together */
            amount: string;
            /** price of each unit above them */
            overageUnitAmount: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          };
          /** a model for each further currency, with the same meter, dimensions and timing */
          models?: Record<string, {
            model: "flat";
            amount: string;
            timing: "advance" | "arrears";
          } | {
            model: "per_unit";
            unitAmount: string;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "graduated";
            tiers: ({
              upTo: string | null;
              /** major units, for example "0.0005" */
              unitAmount: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** whether the first tier's flat amount falls due without usage too */
            flatAtZero?: boolean;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "volume";
            tiers: ({
              upTo: string | null;
              /** major units, for example "0.0005" */
              unitAmount: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** whether the first tier's flat amount falls due without usage too */
            flatAtZero?: boolean;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "package";
            packageSize: string;
            packageAmount: string;
            freeUnits?: string;
            rounding?: "up" | "down";
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "percentage";
            /** percent of the metered amount */
            rate: string;
            /** part of the metered amount that costs nothing */
            freeUnits?: string;
            /** least that a period with chargeable usage costs */
            minimumAmount?: string;
            /** most that a period costs */
            maximumAmount?: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "graduated_percentage";
            tiers: ({
              upTo: string | null;
              /** percent, for example "2.9" */
              rate: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "matrix";
            /** properties by which the meter groups */
            dimensions: string[];
            cells: {
              /** a value for each dimension */
              values: Record<string, string>;
              unitAmount: string;
            }[];
            /** for values that no cell names */
            otherUnitAmount: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "bulk_commitment";
            /** committed units, paid for whether used or not */
            quantity: string;
            /** price of the committed units together */
            amount: string;
            /** price of each unit above them */
            overageUnitAmount: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          }>;
          /** which tax rates apply; "standard" when absent */
          taxCategory?: string;
          /** keys of the phases that it belongs to; null or absent: all */
          phases?: string[] | null;
        })[];
        entitlements?: ({
          /** key of a feature of the same product */
          feature: string;
          /** true or false of a boolean feature, a decimal as text of a limit or a metered one */
          value: boolean | string;
          /** when a metered allowance begins anew; "period" when absent */
          reset?: "period" | "day" | "month" | "year" | "never" | null;
          /** most that is carried into the next allowance; null: nothing */
          rollOver?: string | null;
          /** whether more may be used; "deny" when absent */
          overage?: "allow" | "deny" | null;
          /** percent of the value that raise an alert */
          alertsAt?: number[];
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
      kind: "plan" | "add_on";
      family: {
        key: string;
        rank: number;
        upgrade: "now" | "period_end";
        downgrade: "now" | "period_end";
        changesTo: string[] | null;
      } | null;
      archived: boolean;
      planVersion: number;
      addOnTo: string[] | null;
      currency: string;
      currencies: string[];
      period: {
        unit: "day" | "week" | "month" | "year";
        count: number;
      };
      phases: ({
        key: string;
        kind: "trial" | "intro" | "evergreen";
        length: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        } | null;
      })[];
      prorationBasis: "day" | "second";
      taxInclusive: boolean;
      minimumSpend: string | null;
      minimumSpends: Record<string, string>;
      maximumSpend: string | null;
      maximumSpends: Record<string, string>;
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
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "graduated";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** whether the first tier's flat amount falls due without usage too */
          flatAtZero?: boolean;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "volume";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** whether the first tier's flat amount falls due without usage too */
          flatAtZero?: boolean;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "package";
          packageSize: string;
          packageAmount: string;
          freeUnits?: string;
          rounding?: "up" | "down";
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "percentage";
          /** percent of the metered amount */
          rate: string;
          /** part of the metered amount that costs nothing */
          freeUnits?: string;
          /** least that a period with chargeable usage costs */
          minimumAmount?: string;
          /** most that a period costs */
          maximumAmount?: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "graduated_percentage";
          tiers: ({
            upTo: string | null;
            /** percent, for example "2.9" */
            rate: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "matrix";
          /** properties by which the meter groups */
          dimensions: string[];
          cells: {
            /** a value for each dimension */
            values: Record<string, string>;
            unitAmount: string;
          }[];
          /** for values that no cell names */
          otherUnitAmount: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "bulk_commitment";
          /** committed units, paid for whether used or not */
          quantity: string;
          /** price of the committed units together */
          amount: string;
          /** price of each unit above them */
          overageUnitAmount: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        };
        /** which tax rates apply to it */
        taxCategory: string;
        /** keys of the plan's phases that it belongs to; null: to all */
        phases: string[] | null;
        models: Record<string, {
          model: "flat";
          amount: string;
          timing: "advance" | "arrears";
        } | {
          model: "per_unit";
          unitAmount: string;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "graduated";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** whether the first tier's flat amount falls due without usage too */
          flatAtZero?: boolean;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "volume";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** whether the first tier's flat amount falls due without usage too */
          flatAtZero?: boolean;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "package";
          packageSize: string;
          packageAmount: string;
          freeUnits?: string;
          rounding?: "up" | "down";
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "percentage";
          /** percent of the metered amount */
          rate: string;
          /** part of the metered amount that costs nothing */
          freeUnits?: string;
          /** least that a period with chargeable usage costs */
          minimumAmount?: string;
          /** most that a period costs */
          maximumAmount?: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "graduated_percentage";
          tiers: ({
            upTo: string | null;
            /** percent, for example "2.9" */
            rate: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "matrix";
          /** properties by which the meter groups */
          dimensions: string[];
          cells: {
            /** a value for each dimension */
            values: Record<string, string>;
            unitAmount: string;
          }[];
          /** for values that no cell names */
          otherUnitAmount: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "bulk_commitment";
          /** committed units, paid for whether used or not */
          quantity: string;
          /** price of the committed units together */
          amount: string;
          /** price of each unit above them */
          overageUnitAmount: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        }>;
      })[];
      entitlements: ({
        /** key of the feature */
        feature: string;
        type: "boolean" | "limit" | "metered";
        /** true or false of a boolean feature, a decimal of the others */
        value: boolean | string;
        /** key of the meter of a metered feature */
        meter: string | null;
        /** of a metered feature */
        reset: "period" | "day" | "month" | "year" | "never" | null;
        /** most that is carried into the next allowance; null: nothing */
        rollOver: string | null;
        /** whether more than the value may be used */
        overage: "allow" | "deny" | null;
        /** percent of the value at which an alert is raised */
        alertsAt: number[];
      })[];
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Create a family of plans between which subscriptions change */
  createPlanFamily: {
    input: {
      body: {
        key: string;
        name: string;
        upgrade?: "now" | "period_end";
        downgrade?: "now" | "period_end";
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      key: string;
      name: string;
      /** when a change to a plan of higher rank takes effect */
      upgrade: "now" | "period_end";
      /** when a change to a plan of lower rank takes effect */
      downgrade: "now" | "period_end";
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Make a role that holds on the whole platform, such as one for support staff */
  createPlatformRole: {
    input: {
      body: {
        name: string;
        title: string;
        description?: string | null;
        permissions?: string[];
        conditional?: ({
          permission: string;
          conditions: ({
            attribute: string;
            operator: "equals" | "not_equals";
            value?: string | number | boolean;
            otherAttribute?: string;
          })[];
        })[];
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** null: built in */
      id: string | null;
      name: string;
      title: string;
      description: string | null;
      permissions: string[];
      /** permissions that count only where all their conditions hold */
      conditional: ({
        permission: string;
        conditions: ({
          attribute: string;
          operator: "equals" | "not_equals";
          value?: string | number | boolean;
          otherAttribute?: string;
        })[];
      })[];
      version: number;
      createdAt: string | null;
      updatedAt: string | null;
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
  /** Limit what an account, or each account, may use of a meter */
  createQuota: {
    input: {
      body: {
        accountId?: string | null;
        meter: string;
        limit: string;
        reset: "period" | "day" | "month" | "year" | "never";
        /** a day on which a period began */
        anchor?: string;
        period?: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
        /** most that is carried into the next window; null: nothing */
        rollOver?: string | null;
        /** whether more than the limit may be used: allow warns, deny blocks */
        overage?: "allow" | "deny";
        /** percent of the limit at which an alert is raised */
        alertsAt?: number[];
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** null: each account that has no quota of its own for the meter */
      accountId: string | null;
      meter: string;
      feature: string | null;
      limit: string;
      reset: "period" | "day" | "month" | "year" | "never";
      anchor: string | null;
      period: {
        unit: "day" | "week" | "month" | "year";
        count: number;
      } | null;
      rollOver: string | null;
      /** whether more than the limit may be used: allow warns, deny blocks */
      overage: "allow" | "deny";
      alertsAt: number[];
      source: "manual" | "entitlement";
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Give a payment back, whole or in part */
  createRefund: {
    input: {
      params: {
        /** UUIDv7 */
        paymentId: string;
      };
      body: {
        /** all that is left when absent */
        amountMinor?: string;
        reason: string;
        note?: string;
        /** such as the name of the transfer back */
        reference?: string;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      paymentId: string;
      amountMinor: string;
      /** unknown: the gateway did not answer; it is asked until it does */
      status: "pending" | "unknown" | "succeeded" | "failed";
      reason: string;
      note: string | null;
      reference: string | null;
      gatewayRefundId: string | null;
      failureCode: string | null;
      /** the invoices that it had settled; null: what settled nothing */
      taken: ({
        invoiceId: string | null;
        amountMinor: string;
      })[];
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Make a role out of permissions that the caller holds */
  createRole: {
    input: {
      body: {
        name: string;
        title: string;
        description?: string | null;
        permissions?: string[];
        conditional?: ({
          permission: string;
          conditions: ({
            attribute: string;
            operator: "equals" | "not_equals";
            value?: string | number | boolean;
            otherAttribute?: string;
          })[];
        })[];
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** null: built in */
      id: string | null;
      name: string;
      title: string;
      description: string | null;
      permissions: string[];
      /** permissions that count only where all their conditions hold */
      conditional: ({
        permission: string;
        conditions: ({
          attribute: string;
          operator: "equals" | "not_equals";
          value?: string | number | boolean;
          otherAttribute?: string;
        })[];
      })[];
      version: number;
      createdAt: string | null;
      updatedAt: string | null;
    };
  };
  /** Make a service account; its secret is in this answer and never shown again */
  createServiceAccount: {
    input: {
      body: {
        name: string;
        description?: string | null;
        /** public JSON Web Keys for private_key_jwt; with them the account has no secret */
        publicKeys?: ({
          kty: "RSA";
          n: string;
          e: string;
          use?: "sig";
          kid: string;
          alg: "RS256" | "PS256" | "ES256" | "Ed25519" | "EdDSA";
        } | {
          kty: "EC";
          crv: "P-256";
          x: string;
          y: string;
          use?: "sig";
          kid: string;
          alg: "RS256" | "PS256" | "ES256" | "Ed25519" | "EdDSA";
        } | {
          kty: "OKP";
          crv: "Ed25519";
          x: string;
          use?: "sig";
          kid: string;
          alg: "RS256" | "PS256" | "ES256" | "Ed25519" | "EdDSA";
        })[] | null;
      };
    };
    response: {
      /** also its client_id */
      id: string;
      name: string;
      description: string | null;
      publicKeys: Record<string, unknown>[] | null;
      createdBy: string | null;
      createdAt: string;
      updatedAt: string;
      disabledAt: string | null;
      lastUsedAt: string | null;
      version: number;
      /** null: it has public keys */
      secret: string | null;
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
        /** the date that periods are counted from; the end of the trial, or else the start, when absent */
        billingAnchor?: string;
        /** seats */
        quantity?: number;
        /** what the account promises to spend in each term */
        commitment?: {
          /** major units of the currency */
          amount: string;
          /** whole billing periods */
          term: {
            unit: "day" | "week" | "month" | "year";
            count: number;
          };
        };
        /** how long the account is bound; from period to period when absent */
        term?: {
          /** whole billing periods */
          length: {
            unit: "day" | "week" | "month" | "year";
            count: number;
          };
          /** whether another term follows; true when absent */
          renews?: boolean;
          /** days before its end on which the end of a term is announced; 30 when absent */
          noticeDays?: number;
        };
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
      prorationBasis: "day" | "second";
      /** canceled from the request on; it is served until its end */
      status: "active" | "canceled";
      state: "scheduled" | "trialing" | "active" | "paused" | "ended";
      /** calendar date in the account's time zone */
      startsOn: string;
      /** the date that every period boundary is counted from */
      anchor: string;
      /** whether the plan's trial was left out because the account had one before */
      trialSkipped: boolean;
      commitment: {
        /** major units of the currency */
        amount: string;
        /** whole billing periods */
        term: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
      } | null;
      /** null: it goes on from period to period */
      term: {
        length: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
        /** whether another term follows; the subscription ends with the running one otherwise */
        renews: boolean;
        noticeDays: number;
        /** of the running term, 1 for the first */
        number: number;
        /** calendar date in the account's time zone */
        startsOn: string;
        /** first date of the next term, or the first that is no longer subscribed */
        endsOn: string;
      } | null;
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
        /** key of the phase of the plan */
        phase: string;
        kind: "trial" | "intro" | "evergreen";
        /** costs no fees; usage in it is rated */
        paused: boolean;
        /** calendar date in the account's time zone */
        from: string;
        /** first date that is no longer in the phase */
        to: string | null;
        startsAt: string;
        endsAt: string | null;
      })[];
      addOns: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        planId: string;
        planVersion: number;
        quantity: number;
        /** calendar date in the account's time zone */
        from: string;
        to: string | null;
        phases: ({
          /** UUIDv7 */
          id: string;
          /** UUIDv7 */
          planId: string;
          planVersion: number;
          quantity: number;
          /** key of the phase of the plan */
          phase: string;
          kind: "trial" | "intro" | "evergreen";
          /** costs no fees; usage in it is rated */
          paused: boolean;
          /** calendar date in the account's time zone */
          from: string;
          /** first date that is no longer in the phase */
          to: string | null;
          startsAt: string;
          endsAt: string | null;
        })[];
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
        items: ({
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
          /** the date that periods are counted from; the end of the trial, or else the start, when absent */
          billingAnchor?: string;
          /** seats */
          quantity?: number;
          /** what the account promises to spend in each term */
          commitment?: {
            /** major units of the currency */
            amount: string;
            /** whole billing periods */
            term: {
              unit: "day" | "week" | "month" | "year";
              count: number;
            };
          };
          /** how long the account is bound; from period to period when absent */
          term?: {
            /** whole billing periods */
            length: {
              unit: "day" | "week" | "month" | "year";
              count: number;
            };
            /** whether another term follows; true when absent */
            renews?: boolean;
            /** days before its end on which the end of a term is announced; 30 when absent */
            noticeDays?: number;
          };
        })[];
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
  /** Add a tax rate; from the first one on, the legal entity charges tax */
  createTaxRate: {
    input: {
      body: {
        /** tax category of prices, such as `standard` or `reduced` */
        category: string;
        country: string;
        /** region of the customer's address; null: the whole country */
        region?: string | null;
        percent: string;
        /** as printed, such as `VAT` */
        label: string;
        validFrom?: string;
        /** first date on which it no longer applies */
        validTo?: string | null;
        /** the default legal entity when absent */
        legalEntityId?: string;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** tax category of prices, such as `standard` or `reduced` */
      category: string;
      country: string;
      /** region of the customer's address; null: the whole country */
      region: string | null;
      percent: string;
      /** as printed, such as `VAT` */
      label: string;
      validFrom: string;
      /** first date on which it no longer applies */
      validTo: string | null;
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      legalEntityId: string;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Make a user, in the directory that new users are made in */
  createUser: {
    input: {
      body: {
        email: string;
        name: string;
        /** whether the mail is sent */
        invite?: boolean;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      email: string;
      emailVerified: boolean;
      name: string;
      createdAt: string;
    };
  };
  /** Be told of identity events; the signing secret is in this answer and never shown again */
  createWebhook: {
    input: {
      body: {
        /** https; it leads to a public address and is not redirected */
        url: string;
        description?: string | null;
        eventTypes: ("identity.signed_in" | "identity.signed_out" | "identity.disabled" | "identity.enabled" | "member.joined" | "member.left" | "invitation.created" | "invitation.accepted" | "invitation.revoked" | "usage.threshold_reached" | "usage.quota_exceeded")[];
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      url: string;
      description: string | null;
      eventTypes: ("identity.signed_in" | "identity.signed_out" | "identity.disabled" | "identity.enabled" | "member.joined" | "member.left" | "invitation.created" | "invitation.accepted" | "invitation.revoked" | "usage.threshold_reached" | "usage.quota_exceeded")[];
      enabled: boolean;
      disabledBecause: "owner" | "failing" | null;
      /** until when messages are also signed with the secret before */
      overlapUntil: string | null;
      createdBy: string | null;
      createdAt: string;
      updatedAt: string;
      version: number;
      secret: string;
    };
  };
  /** Forget a registered resource or name */
  deleteAccessEntity: {
    input: {
      params: {
        type: string;
        id: string;
      };
    };
    response: undefined;
  };
  /** Remove a limit: its holder is limited as without one */
  deleteApprovalRule: {
    input: {
      params: {
        /** UUIDv7 */
        ruleId: string;
      };
    };
    response: undefined;
  };
  /** Stop filling usage from a source; what was filled stays */
  deleteBackfillSource: {
    input: {
      params: {
        /** UUIDv7 */
        tenantId: string;
        /** UUIDv7 */
        sourceId: string;
      };
    };
    response: undefined;
  };
  /** Remove a client; everything that was issued to it ends */
  deleteClient: {
    input: {
      params: {
        clientId: string;
      };
    };
    response: undefined;
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
  /** Delete a group; its members lose the roles that they had by it */
  deleteGroup: {
    input: {
      params: {
        /** UUIDv7 */
        groupId: string;
      };
    };
    response: undefined;
  };
  /** Delete an identity provider; nobody signs in by it any more */
  deleteIdentityProvider: {
    input: {
      params: {
        providerId: string;
      };
      query?: {
        /** the tenant's own providers, or those of the whole platform, which its administrators alone see */
        realm?: "tenant" | "platform";
      };
    };
    response: undefined;
  };
  /** Remove a legal entity that never issued anything */
  deleteLegalEntity: {
    input: {
      params: {
        /** UUIDv7 */
        legalEntityId: string;
      };
    };
    response: undefined;
  };
  /** Delete a passkey */
  deletePasskey: {
    input: {
      params: {
        /** UUIDv7 */
        passkeyId: string;
      };
    };
    response: undefined;
  };
  /** Delete a permission of the tenant's own that no role has */
  deletePermission: {
    input: {
      params: {
        name: string;
      };
    };
    response: undefined;
  };
  /** Delete a role of the whole platform that nobody has */
  deletePlatformRole: {
    input: {
      params: {
        /** UUIDv7 */
        roleId: string;
      };
    };
    response: undefined;
  };
  /** Delete a quota with its alerts */
  deleteQuota: {
    input: {
      params: {
        /** UUIDv7 */
        quotaId: string;
      };
    };
    response: undefined;
  };
  /** Delete a role that nobody has */
  deleteRole: {
    input: {
      params: {
        /** UUIDv7 */
        roleId: string;
      };
    };
    response: undefined;
  };
  /** Delete a service account with its roles and secrets */
  deleteServiceAccount: {
    input: {
      params: {
        /** UUIDv7 */
        serviceAccountId: string;
      };
    };
    response: undefined;
  };
  /** Remove a tax rate */
  deleteTaxRate: {
    input: {
      params: {
        /** UUIDv7 */
        taxRateId: string;
      };
    };
    response: undefined;
  };
  /** Delete a user, here and in their directory */
  deleteUser: {
    input: {
      params: {
        /** UUIDv7 */
        userId: string;
      };
    };
    response: undefined;
  };
  /** Delete a webhook with its deliveries */
  deleteWebhook: {
    input: {
      params: {
        /** UUIDv7 */
        webhookId: string;
      };
    };
    response: undefined;
  };
  /** Refuse a service account and its tokens within a second, until it is enabled again */
  disableServiceAccount: {
    input: {
      params: {
        /** UUIDv7 */
        serviceAccountId: string;
      };
    };
    response: undefined;
  };
  /** Keep a user from signing in, and end every session of theirs */
  disableUser: {
    input: {
      params: {
        /** UUIDv7 */
        userId: string;
      };
    };
    response: undefined;
  };
  /** List the identity providers to which people with an address of this domain are sent */
  discoverSignInProviders: {
    input: {
      body: {
        email: string;
      };
    };
    response: {
      data: {
        id: string;
        /** what its button says */
        title: string;
        kind: string;
        /** where a browser begins; takes return_to */
        startPath: string;
      }[];
    };
  };
  /** Download an export */
  downloadTenantExport: {
    input: {
      params: {
        /** UUIDv7 */
        tenantId: string;
        /** UUIDv7 */
        exportId: string;
      };
    };
    response: string;
  };
  /** Let a disabled service account work again */
  enableServiceAccount: {
    input: {
      params: {
        /** UUIDv7 */
        serviceAccountId: string;
      };
    };
    response: undefined;
  };
  /** Let a disabled user sign in again */
  enableUser: {
    input: {
      params: {
        /** UUIDv7 */
        userId: string;
      };
    };
    response: undefined;
  };
  /** Stop acting as a user and go on as oneself */
  endImpersonation: {
    input: {};
    response: undefined;
  };
  /** End every session of a user */
  endUserSessions: {
    input: {
      params: {
        /** UUIDv7 */
        userId: string;
      };
    };
    response: undefined;
  };
  /** Decide whether a subject may do something to a resource (AuthZEN 1.0) */
  evaluateAccess: {
    input: {
      body: {
        subject: {
          type: string;
          id: string;
          properties?: Record<string, unknown> | null;
        };
        action: {
          name: string;
          properties?: Record<string, unknown> | null;
        };
        resource: {
          type: string;
          id: string;
          properties?: Record<string, unknown> | null;
        };
        context?: Record<string, unknown> | null;
      };
    };
    response: {
      decision: boolean;
      /** why not */
      context?: {
        /** id in the decision log */
        id: string;
        reason: string;
      };
    };
  };
  /** Decide several questions at once, with defaults for what they have in common (AuthZEN 1.0) */
  evaluateAccesses: {
    input: {
      body: {
        subject?: Record<string, unknown>;
        action?: Record<string, unknown>;
        resource?: Record<string, unknown>;
        context?: Record<string, unknown> | null;
        options?: {
          evaluations_semantic?: "execute_all" | "deny_on_first_deny" | "permit_on_first_permit";
        };
        evaluations?: Record<string, unknown>[];
      };
    };
    response: {
      decision: boolean;
      /** why not */
      context?: {
        /** id in the decision log */
        id: string;
        reason: string;
      };
    } | {
      evaluations: {
        decision: boolean;
        /** why not */
        context?: {
          /** id in the decision log */
          id: string;
          reason: string;
        };
      }[];
    };
  };
  /** Explain why somebody may or may not do something, and what would have to be granted */
  explainPermission: {
    input: {
      body: {
        subject: {
          type?: "user" | "service-account" | "api-key";
          /** id; of a user also the email address, or the name that was registered */
          id: string;
        };
        permission: string;
        /** absent: in the whole tenant */
        object?: {
          /** UUIDv7 */
          organizationId?: string;
          /** UUIDv7 */
          divisionId?: string;
          /** properties that conditions look at */
          properties?: Record<string, string | number | boolean | null>;
          id?: string;
        };
      };
    };
    response: {
      allowed: boolean;
      permission: string;
      reason: {
        code: string;
        role?: string;
        /** UUIDv7 */
        assignmentId?: string;
      };
      checks: ({
        check: "subject" | "tenant" | "second_factor" | "object" | "role" | "scopes";
        outcome: "passed" | "failed" | "depends";
        message: string;
      })[];
      assignments: ({
        assignmentId: string | null;
        role: string;
        /** holds on the whole platform */
        platform: boolean;
        /** had as a member of this group */
        groupId: string | null;
        /** null: the whole tenant */
        scope: {
          /** UUIDv7 */
          organizationId: string;
        } | {
          /** UUIDv7 */
          divisionId: string;
        } | null;
        gives: boolean;
        why: "gives" | "has_not_the_permission" | "holds_elsewhere" | "conditions_not_met";
      })[];
      /** what would have to be done */
      remedies: string[];
    };
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
  /** Export the catalogue as one file */
  exportCatalogue: {
    input: {};
    response: {
      format: "plinth.catalogue/1";
      products: ({
        key: string;
        name: string;
        description: string | null;
        archived: boolean;
      })[];
      features: ({
        key: string;
        name: string;
        /** key of its product */
        product: string;
        type: "boolean" | "limit" | "metered";
        meter: string | null;
      })[];
      families: ({
        key: string;
        name: string;
        upgrade: "now" | "period_end";
        downgrade: "now" | "period_end";
      })[];
      plans: ({
        key: string;
        name: string;
        /** key of its product */
        product: string;
        kind: "plan" | "add_on";
        archived: boolean;
        family: {
          /** key of a plan family */
          key: string;
          /** a change to a higher rank is an upgrade */
          rank: number;
          /** keys of the plans of the family that a subscription may change to; null: all */
          changesTo?: string[] | null;
        } | null;
        /** keys of the plans that an add-on may be sold with; null: with any */
        addOnTo?: string[] | null;
        currency: string;
        /** further currencies in which the plan is sold */
        currencies?: string[];
        period: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
        /** in their order; one evergreen phase when absent */
        phases?: ({
          key: string;
          kind: "trial" | "intro" | "evergreen";
          length: {
            unit: "day" | "week" | "month" | "year";
            count: number;
          } | null;
        })[];
        /** how parts of a period are measured; "day" when absent */
        prorationBasis?: "day" | "second";
        /** whether the prices contain the tax */
        taxInclusive?: boolean;
        /** least that a period costs before tax, main currency */
        minimumSpend?: string | null;
        /** the same in each further currency */
        minimumSpends?: Record<string, string>;
        /** most that a period costs before tax, main currency */
        maximumSpend?: string | null;
        /** the same in each further currency */
        maximumSpends?: Record<string, string>;
        prices: ({
          key: string;
          description: string;
          /** in the main currency of the plan */
          model: {
            model: "flat";
            amount: string;
            timing: "advance" | "arrears";
          } | {
            model: "per_unit";
            unitAmount: string;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "graduated";
            tiers: ({
              upTo: string | null;
              /** major units, for example "0.0005" */
              unitAmount: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** whether the first tier's flat amount falls due without usage too */
            flatAtZero?: boolean;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "volume";
            tiers: ({
              upTo: string | null;
              /** major units, for example "0.0005" */
              unitAmount: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** whether the first tier's flat amount falls due without usage too */
            flatAtZero?: boolean;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "package";
            packageSize: string;
            packageAmount: string;
            freeUnits?: string;
            rounding?: "up" | "down";
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "percentage";
            /** percent of the metered amount */
            rate: string;
            /** part of the metered amount that costs nothing */
            freeUnits?: string;
            /** least that a period with chargeable usage costs */
            minimumAmount?: string;
            /** most that a period costs */
            maximumAmount?: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "graduated_percentage";
            tiers: ({
              upTo: string | null;
              /** percent, for example "2.9" */
              rate: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "matrix";
            /** properties by which the meter groups */
            dimensions: string[];
            cells: {
              /** a value for each dimension */
              values: Record<string, string>;
              unitAmount: string;
            }[];
            /** for values that no cell names */
            otherUnitAmount: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "bulk_commitment";
            /** committed units, paid for whether used or not */
            quantity: string;
            /** price of the committed units together */
            amount: string;
            /** price of each unit above them */
            overageUnitAmount: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          };
          /** a model for each further currency, with the same meter, dimensions and timing */
          models?: Record<string, {
            model: "flat";
            amount: string;
            timing: "advance" | "arrears";
          } | {
            model: "per_unit";
            unitAmount: string;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "graduated";
            tiers: ({
              upTo: string | null;
              /** major units, for example "0.0005" */
              unitAmount: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** whether the first tier's flat amount falls due without usage too */
            flatAtZero?: boolean;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "volume";
            tiers: ({
              upTo: string | null;
              /** major units, for example "0.0005" */
              unitAmount: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** whether the first tier's flat amount falls due without usage too */
            flatAtZero?: boolean;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "package";
            packageSize: string;
            packageAmount: string;
            freeUnits?: string;
            rounding?: "up" | "down";
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "percentage";
            /** percent of the metered amount */
            rate: string;
            /** part of the metered amount that costs nothing */
            freeUnits?: string;
            /** least that a period with chargeable usage costs */
            minimumAmount?: string;
            /** most that a period costs */
            maximumAmount?: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "graduated_percentage";
            tiers: ({
              upTo: string | null;
              /** percent, for example "2.9" */
              rate: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "matrix";
            /** properties by which the meter groups */
            dimensions: string[];
            cells: {
              /** a value for each dimension */
              values: Record<string, string>;
              unitAmount: string;
            }[];
            /** for values that no cell names */
            otherUnitAmount: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "bulk_commitment";
            /** committed units, paid for whether used or not */
            quantity: string;
            /** price of the committed units together */
            amount: string;
            /** price of each unit above them */
            overageUnitAmount: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          }>;
          /** which tax rates apply; "standard" when absent */
          taxCategory?: string;
          /** keys of the phases that it belongs to; null or absent: all */
          phases?: string[] | null;
        })[];
        entitlements?: ({
          /** key of a feature of the same product */
          feature: string;
          /** true or false of a boolean feature, a decimal as text of a limit or a metered one */
          value: boolean | string;
          /** when a metered allowance begins anew; "period" when absent */
          reset?: "period" | "day" | "month" | "year" | "never" | null;
          /** most that is carried into the next allowance; null: nothing */
          rollOver?: string | null;
          /** whether more may be used; "deny" when absent */
          overage?: "allow" | "deny" | null;
          /** percent of the value that raise an alert */
          alertsAt?: number[];
        })[];
      })[];
      coupons: ({
        code: string;
        name: string;
        discount: {
          kind: "percent";
          percent: string;
        } | {
          kind: "amount";
          amount: string;
          currency: string;
        };
        /** how many invoices it lowers; null: all */
        periods: number | null;
        /** keys of the plans; null: every plan */
        plans: string[] | null;
        /** keys of prices; null: every price */
        prices: string[] | null;
        redeemableUntil: string | null;
        maximumRedemptions: number | null;
        oncePerAccount: boolean;
        archived: boolean;
      })[];
    };
  };
  /** Export events, or the usage of a meter in windows, in [from, to) */
  exportUsage: {
    input: {
      query: {
        from: string;
        to: string;
        /** only what it counts; required with windowSize */
        meter?: string;
        /** UUIDv7 */
        accountId?: string;
        format?: "csv" | "jsonl";
        windowSize?: "quarter_hour" | "hour" | "day" | "month";
        /** where hours, days and months begin */
        windowTimeZone?: string;
      };
    };
    response: string;
  };
  /** Fill a day again; nothing changes for accounts that were filled */
  fillBackfillDay: {
    input: {
      params: {
        /** UUIDv7 */
        tenantId: string;
        /** UUIDv7 */
        sourceId: string;
      };
      body: {
        day: string;
      };
    };
    response: {
      day: string;
      /** for which something was measured */
      accounts: number;
      measured: string;
      /** for which more was measured than metered */
      missingAccounts: number;
      /** what was filled in, unless it was before */
      missing: string;
      filledAt: string;
    };
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
      /** without gaps in the legal entity; null for a draft */
      number: string | null;
      /** who issues it; the tenant's id names the default one */
      legalEntityId: string;
      /** what was said of the legal entity when it was issued */
      legalEntityVersion: number;
      /** who pays it */
      accountId: string;
      /** the only subscription on it; null when there are several or none */
      subscriptionId: string | null;
      reason: "period" | "threshold" | "one_off";
      billedAt: string;
      currency: string;
      timeZone: string;
      status: "draft" | "finalized" | "past_due" | "paid" | "void" | "written_off";
      customer: {
        key: string;
        name: string;
        email: string | null;
        billing: {
          /** name on invoices; the account's when absent */
          name?: string;
          /** where invoices are sent */
          email?: string;
          address?: {
            line1: string;
            line2?: string;
            city: string;
            /** state, province or canton, as ISO 3166-2 without the country where there is a code */
            region?: string;
            postalCode?: string;
            country: string;
          };
          /** such as a VAT identification number, with its country prefix */
          taxId?: string;
          taxExempt?: boolean;
          /** BCP 47 tag of the language of invoices */
          language?: string;
          /** the customer's own reference: purchase order, cost centre, Leitweg-ID */
          reference?: string;
          paymentTermDays?: number;
          /** key of the legal entity that bills it */
          legalEntity?: string;
          invoicing?: "consolidated" | "per_subscription";
        };
      };
      /** sum of the rounded lines, in the smallest unit */
      subtotalMinor: string;
      discountMinor: string;
      taxMinor: string;
      taxes: ({
        category: string;
        percent: string;
        label: string;
        reverseCharge: boolean;
        /** why it is 0 % */
        zeroReason?: "zero_rated" | "exempt" | "reverse_charge" | "out_of_scope" | "export" | "intra_community";
        taxableMinor: string;
        taxMinor: string;
      })[];
      totalMinor: string;
      dueOn: string | null;
      /** when a draft is finalized by itself; null: when somebody finalizes it */
      reviewUntil: string | null;
      /** how far a draft is worked out: discounts and tax are missing, tax is missing, all is there */
      calculation: "pending" | "untaxed" | "done";
      /** paid from prepaid credit; negative: what was overpaid became credit */
      creditsMinor: string;
      paidMinor: string;
      /** taken back by credit notes */
      creditedMinor: string;
      writtenOffMinor: string;
      /** still to be paid */
      dueMinor: string;
      lineCount: number;
      version: number;
      createdAt: string;
      updatedAt: string;
      finalizedAt: string | null;
      paidAt: string | null;
      voidedAt: string | null;
    };
  };
  /** Find the device that shows a code */
  findDevice: {
    input: {
      body: {
        userCode: string;
      };
    };
    response: {
      client: {
        id: string;
        name: string;
        logoUri: string | null;
      };
      scopes: string[];
      ip: string | null;
      userAgent: string | null;
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
      parentId: string | null;
      customerTenantId: string | null;
      billing: {
        /** name on invoices; the account's when absent */
        name?: string;
        /** where invoices are sent */
        email?: string;
        address?: {
          line1: string;
          line2?: string;
          city: string;
          /** state, province or canton, as ISO 3166-2 without the country where there is a code */
          region?: string;
          postalCode?: string;
          country: string;
        };
        /** such as a VAT identification number, with its country prefix */
        taxId?: string;
        taxExempt?: boolean;
        /** BCP 47 tag of the language of invoices */
        language?: string;
        /** the customer's own reference: purchase order, cost centre, Leitweg-ID */
        reference?: string;
        paymentTermDays?: number;
        /** key of the legal entity that bills it */
        legalEntity?: string;
        invoicing?: "consolidated" | "per_subscription";
      };
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
      scopes: ("user:read" | "user:write" | "user:impersonate" | "user:disable" | "user:administer" | "invitation:read" | "invitation:write" | "group:read" | "group:write" | "role:read" | "role:write" | "service-account:read" | "service-account:write" | "identity-provider:read" | "identity-provider:write" | "client:read" | "client:write" | "policy:read" | "policy:write" | "webhook:read" | "webhook:write" | "scim:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "tenant:export" | "tenant:delete" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "account:link" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "coupon:read" | "coupon:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "legal-entity:read" | "legal-entity:write" | "credit-note:read" | "credit-note:write" | "payment:read" | "payment:write" | "payment:refund" | "dispute:read" | "dispute:write" | "dispute:approve" | "credit:read" | "credit:write" | "report:read" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "usage:backfill" | "usage:correct" | "quota:read" | "quota:write" | "audit:read")[];
      /** UUIDv7 */
      createdBy: string;
      createdAt: string;
      expiresAt: string | null;
      revokedAt: string | null;
      /** requests a minute in all, beside the limits of routes */
      rateLimit: number | null;
      rotatedAt: string | null;
      /** until when the secret before the last rotation counts */
      overlapUntil: string | null;
      lastUsedAt: string | null;
    };
  };
  /** Get an approval request */
  getApproval: {
    input: {
      params: {
        /** UUIDv7 */
        approvalId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      action: "refund" | "credit_note" | "write_off" | "void" | "adjustment" | "credit" | "coupon" | "recorded_payment";
      /** UUIDv7 */
      accountId: string;
      disputeId: string | null;
      currency: string;
      /** null: what it comes to is not known beforehand, such as a percentage */
      amountMinor: string | null;
      reason: string;
      /** with which it is done once it is approved */
      input: Record<string, unknown>;
      /** approved: it is done at once, or by itself a little later; then it is executed or failed */
      status: "pending" | "approved" | "executed" | "failed" | "rejected" | "canceled" | "expired";
      requestedBy: string;
      requestedAt: string;
      expiresAt: string;
      decidedBy: string | null;
      decidedAt: string | null;
      decisionNote: string | null;
      executedAt: string | null;
      /** what came of it */
      result: {
        type: string;
        /** UUIDv7 */
        id: string;
      } | null;
      failure: {
        code: string;
        message: string;
      } | null;
      version: number;
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
  /** Get what the caller's second factor consists of */
  getAuthenticator: {
    input: {};
    response: {
      confirmedAt: string | null;
      recoveryCodesLeft: number;
    };
  };
  /** Get the amount of usage at which a running period is billed */
  getBillingThreshold: {
    input: {
      params: {
        /** UUIDv7 */
        subscriptionId: string;
      };
    };
    response: {
      /** UUIDv7 */
      subscriptionId: string;
      /** major units of the subscription's currency */
      amount: string;
    };
  };
  /** Get a chargeback */
  getChargeback: {
    input: {
      params: {
        /** UUIDv7 */
        chargebackId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      paymentId: string;
      /** UUIDv7 */
      gatewayAccountId: string;
      gatewayDisputeId: string;
      amountMinor: string;
      /** the bank's reason, in the gateway's words */
      reason: string;
      /** inquiry: the bank asks and has taken nothing */
      status: "inquiry" | "needs_response" | "under_review" | "won" | "lost";
      /** whether the money is with the customer at the moment */
      withdrawn: boolean;
      taken: ({
        invoiceId: string | null;
        amountMinor: string;
      })[];
      evidenceDueBy: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
      closedAt: string | null;
    };
  };
  /** Get the customers and the recurring revenue that were lost by month */
  getChurn: {
    input: {
      query: {
        /** first month */
        from: string;
        /** last month, included */
        to: string;
        /** nothing is converted: a report is of one currency */
        currency: string;
        /** csv: the rows as a file, amounts in the smallest unit */
        format?: "json" | "csv";
      };
    };
    response: {
      currency: string;
      data: ({
        month: string;
        opening: {
          customers: number;
          amountMinor: string;
        };
        lostCustomers: number;
        churnedMinor: string;
        contractedMinor: string;
        expandedMinor: string;
        /** percent; null where there was nothing when the month began */
        customerChurnPercent: string | null;
        /** percent; null where there was nothing when the month began */
        grossRevenueChurnPercent: string | null;
        /** percent; null where there was nothing when the month began */
        netRevenueChurnPercent: string | null;
      })[];
    };
  };
  /** Get a client */
  getClient: {
    input: {
      params: {
        clientId: string;
      };
    };
    response: {
      /** the client_id */
      id: string;
      /** only administered ones change through the API */
      origin: "built-in" | "declared" | "administered";
      name: string;
      /** has a secret */
      confidential: boolean;
      /** an application on a device */
      native: boolean;
      /** the operator's own: nobody is asked for consent */
      firstParty: boolean;
      /** its tokens may do all that their user may, unless it asks for less */
      actsAsUser: boolean;
      grantTypes: ("authorization_code" | "refresh_token" | "client_credentials" | "device_code")[];
      /** compared letter by letter */
      redirectUris: string[];
      postLogoutRedirectUris: string[];
      /** told when a session ends */
      backchannelLogoutUri: string | null;
      /** what it may ask for in scope */
      permissions: ("user:read" | "user:write" | "user:impersonate" | "user:disable" | "user:administer" | "invitation:read" | "invitation:write" | "group:read" | "group:write" | "role:read" | "role:write" | "service-account:read" | "service-account:write" | "identity-provider:read" | "identity-provider:write" | "client:read" | "client:write" | "policy:read" | "policy:write" | "webhook:read" | "webhook:write" | "scim:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "tenant:export" | "tenant:delete" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "account:link" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "coupon:read" | "coupon:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "legal-entity:read" | "legal-entity:write" | "credit-note:read" | "credit-note:write" | "payment:read" | "payment:write" | "payment:refund" | "dispute:read" | "dispute:write" | "dispute:approve" | "credit:read" | "credit:write" | "report:read" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "usage:backfill" | "usage:correct" | "quota:read" | "quota:write" | "audit:read")[];
      logoUri: string | null;
      homeUri: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Get how many customers and how much recurring revenue is left of those who began in each month */
  getCohorts: {
    input: {
      query: {
        /** first month */
        from: string;
        /** last month, included */
        to: string;
        /** nothing is converted: a report is of one currency */
        currency: string;
        /** csv: the rows as a file, amounts in the smallest unit */
        format?: "json" | "csv";
      };
    };
    response: {
      currency: string;
      data: {
        /** in which their first paid phase began */
        cohort: string;
        month: string;
        size: number;
        customers: number;
        amountMinor: string;
      }[];
    };
  };
  /** Get what an application asks the user of this browser to agree to */
  getConsentRequest: {
    input: {
      params: {
        interactionId: string;
      };
    };
    response: {
      client: {
        id: string;
        name: string;
        logoUri: string | null;
        homeUri: string | null;
      };
      scopes: string[];
      user: {
        name: string;
        email: string;
      };
      /** where the browser comes to in the end */
      redirectOrigin: string | null;
    };
  };
  /** Get a coupon */
  getCoupon: {
    input: {
      params: {
        /** UUIDv7 */
        couponId: string;
      };
    };
    response: {
      code: string;
      name: string;
      discount: {
        kind: "percent";
        percent: string;
      } | {
        kind: "amount";
        amount: string;
        currency: string;
      };
      periods: number | null;
      plans: string[] | null;
      prices: string[] | null;
      redeemableUntil: string | null;
      maximumRedemptions: number | null;
      oncePerAccount: boolean;
      archived: boolean;
      /** UUIDv7 */
      id: string;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** See what of the credit is left after the usage so far */
  getCreditBalance: {
    input: {
      query: {
        /** UUIDv7 */
        accountId: string;
      };
    };
    response: {
      data: {
        currency: string;
        /** what can pay an invoice now */
        availableMinor: string;
        /** what the usage that is not billed yet costs so far, with tax */
        openUsageMinor: string;
        /** what the next invoices come to as it stands now, with usage so far */
        nextInvoicesMinor: string;
        /** available less open usage; negative: so much will have to be paid otherwise */
        projectedMinor: string;
      }[];
    };
  };
  /** Get a grant of credit */
  getCreditGrant: {
    input: {
      params: {
        /** UUIDv7 */
        grantId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      walletId: string;
      /** UUIDv7 */
      accountId: string;
      currency: string;
      /** whose invoices it pays */
      legalEntityId: string;
      kind: "paid" | "promotional";
      amountMinor: string;
      remainingMinor: string;
      /** the lowest is used first */
      priority: number;
      /** from this instant on it pays nothing; null: never */
      expiresAt: string | null;
      reason: string;
      source: {
        type: "promotion" | "payment" | "credit_note";
        /** of the payment or the credit note; the grant's own for a promotion */
        id: string;
      };
      voidedAt: string | null;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Get a credit note */
  getCreditNote: {
    input: {
      params: {
        /** UUIDv7 */
        creditNoteId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** without gaps in the legal entity's credit notes */
      number: string;
      /** UUIDv7 */
      legalEntityId: string;
      legalEntityVersion: number;
      /** UUIDv7 */
      invoiceId: string;
      /** UUIDv7 */
      accountId: string;
      currency: string;
      reason: string;
      netMinor: string;
      taxMinor: string;
      totalMinor: string;
      /** what lowered the open amount of the invoice */
      settledMinor: string;
      /** what was given back of the rest */
      refundedMinor: string;
      /** what is still to be given back */
      refundableMinor: string;
      issuedAt: string;
      lines: ({
        /** of the line on the invoice */
        position: number;
        description: string;
        taxCategory: string;
        taxPercent: string | null;
        netMinor: string;
        taxMinor: string;
      })[];
    };
  };
  /** Get a credit note as a PDF */
  getCreditNotePdf: {
    input: {
      params: {
        /** UUIDv7 */
        creditNoteId: string;
      };
    };
    response: Blob;
  };
  /** Get a credit note as an e-invoice: EN 16931 in UBL 2.1 */
  getCreditNoteUbl: {
    input: {
      params: {
        /** UUIDv7 */
        creditNoteId: string;
      };
      query?: {
        /** the standard alone, XRechnung 3.0, or Peppol BIS Billing 3.0 */
        profile?: "en16931" | "xrechnung" | "peppol";
      };
    };
    response: string;
  };
  /** Get an account's prepaid credit by currency, with the grants of which something remains */
  getCredits: {
    input: {
      query: {
        /** UUIDv7 */
        accountId: string;
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        accountId: string;
        currency: string;
        balanceMinor: string;
        lowBalanceMinor: string | null;
        topUp: {
          /** a balance below it is topped up, within the hour */
          thresholdMinor: string;
          amountMinor: string;
          /** until what was topped up expires; null: never */
          expiryDays: number | null;
        } | null;
        /** when a top-up is tried again, after one that failed */
        topUpNotBefore: string | null;
        /** of the settings */
        version: number;
        createdAt: string;
        updatedAt: string;
        grants: ({
          /** UUIDv7 */
          id: string;
          /** UUIDv7 */
          walletId: string;
          /** UUIDv7 */
          accountId: string;
          currency: string;
          /** whose invoices it pays */
          legalEntityId: string;
          kind: "paid" | "promotional";
          amountMinor: string;
          remainingMinor: string;
          /** the lowest is used first */
          priority: number;
          /** from this instant on it pays nothing; null: never */
          expiresAt: string | null;
          reason: string;
          source: {
            type: "promotion" | "payment" | "credit_note";
            /** of the payment or the credit note; the grant's own for a promotion */
            id: string;
          };
          voidedAt: string | null;
          createdAt: string;
          updatedAt: string;
        })[];
      })[];
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
  /** Get the signed certificate of a deletion */
  getDeletionCertificate: {
    input: {
      params: {
        /** UUIDv7 */
        tenantId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      issuedAt: string;
      /** RFC 7515, compact; the public key is in its header, the certificate is its payload */
      jws: string;
    };
  };
  /** Get a dispute */
  getDispute: {
    input: {
      params: {
        /** UUIDv7 */
        disputeId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      accountId: string;
      reason: "service_not_received" | "overcharged" | "charged_after_cancellation" | "duplicate" | "other";
      description: string;
      status: "open" | "investigating" | "resolved" | "rejected";
      assigneeId: string | null;
      currency: string;
      /** with tax */
      disputedMinor: string;
      invoices: {
        /** UUIDv7 */
        invoiceId: string;
        /** lines; empty: the whole invoice */
        positions: number[];
        disputedMinor: string;
      }[];
      evidenceFrom: string;
      evidenceTo: string;
      chargebackId: string | null;
      outcome: string | null;
      openedBy: string;
      version: number;
      createdAt: string;
      updatedAt: string;
      closedAt: string | null;
    };
  };
  /** Get a page of what was known when the dispute was opened */
  getDisputeSnapshot: {
    input: {
      params: {
        /** UUIDv7 */
        disputeId: string;
        part: "account" | "subscriptions" | "changes" | "usageEvents" | "invoices" | "creditNotes" | "payments" | "refunds" | "chargebacks" | "credits" | "notices";
      };
      query?: {
        cursor?: string;
      };
    };
    response: {
      data: Record<string, unknown>[];
      /** why something after it is not there */
      missing: string | null;
      takenAt: string;
      nextCursor: string | null;
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
  /** Get an email domain */
  getEmailDomain: {
    input: {
      params: {
        /** UUIDv7 */
        domainId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      domain: string;
      verifiedAt: string | null;
      /** the role with which people with a confirmed address of the domain join by themselves; null: they do not */
      autoJoinRole: string | null;
      /** the TXT record that proves the domain */
      record: {
        name: string;
        value: string;
      };
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** What an account may use now, all of its subscriptions together */
  getEntitlements: {
    input: {
      query: {
        /** UUIDv7 */
        accountId: string;
      };
    };
    response: {
      /** UUIDv7 */
      accountId: string;
      entitlements: ({
        /** key of the feature */
        feature: string;
        type: "boolean" | "limit" | "metered";
        /** true or false of a boolean feature, a decimal of the others */
        value: boolean | string;
        /** key of the meter of a metered feature */
        meter: string | null;
        /** of a metered feature */
        reset: "period" | "day" | "month" | "year" | "never" | null;
        /** most that is carried into the next allowance; null: nothing */
        rollOver: string | null;
        /** whether more than the value may be used */
        overage: "allow" | "deny" | null;
        /** percent of the value at which an alert is raised */
        alertsAt: number[];
      })[];
      /** a day on which a period began, by which allowances are counted */
      anchor: string | null;
      period: {
        unit: "day" | "week" | "month" | "year";
        count: number;
      } | null;
    };
  };
  /** Get all that is known about an account in a time, or about an invoice */
  getEvidence: {
    input: {
      query?: {
        /** with invoiceId: whose usage, where several accounts are on the invoice */
        accountId?: string;
        from?: string;
        to?: string;
        /** what belongs to one invoice, and the time that it bills */
        invoiceId?: string;
        limit?: number;
      };
    };
    response: {
      scope: {
        /** UUIDv7 */
        accountId: string;
        from: string;
        to: string;
        invoiceId: string | null;
      };
      account: {
        /** unavailable: the service that knows it did not answer */
        status: "available" | "unavailable";
        /** code of why it is unavailable */
        reason: string | null;
        data: Record<string, unknown>[];
        /** for the next page, at GET /disputes/evidence/:part */
        nextCursor: string | null;
      };
      /** with the phases that they had and will have */
      subscriptions: {
        /** unavailable: the service that knows it did not answer */
        status: "available" | "unavailable";
        /** code of why it is unavailable */
        reason: string | null;
        data: Record<string, unknown>[];
        /** for the next page, at GET /disputes/evidence/:part */
        nextCursor: string | null;
      };
      /** who did what to the subscriptions, and when */
      changes: {
        /** unavailable: the service that knows it did not answer */
        status: "available" | "unavailable";
        /** code of why it is unavailable */
        reason: string | null;
        data: Record<string, unknown>[];
        /** for the next page, at GET /disputes/evidence/:part */
        nextCursor: string | null;
      };
      usageEvents: {
        /** unavailable: the service that knows it did not answer */
        status: "available" | "unavailable";
        /** code of why it is unavailable */
        reason: string | null;
        data: Record<string, unknown>[];
        /** for the next page, at GET /disputes/evidence/:part */
        nextCursor: string | null;
      };
      /** each with its first 200 lines; nextLinesCursor is for GET /invoices/:invoiceId/lines */
      invoices: {
        /** unavailable: the service that knows it did not answer */
        status: "available" | "unavailable";
        /** code of why it is unavailable */
        reason: string | null;
        data: Record<string, unknown>[];
        /** for the next page, at GET /disputes/evidence/:part */
        nextCursor: string | null;
      };
      creditNotes: {
        /** unavailable: the service that knows it did not answer */
        status: "available" | "unavailable";
        /** code of why it is unavailable */
        reason: string | null;
        data: Record<string, unknown>[];
        /** for the next page, at GET /disputes/evidence/:part */
        nextCursor: string | null;
      };
      payments: {
        /** unavailable: the service that knows it did not answer */
        status: "available" | "unavailable";
        /** code of why it is unavailable */
        reason: string | null;
        data: Record<string, unknown>[];
        /** for the next page, at GET /disputes/evidence/:part */
        nextCursor: string | null;
      };
      refunds: {
        /** unavailable: the service that knows it did not answer */
        status: "available" | "unavailable";
        /** code of why it is unavailable */
        reason: string | null;
        data: Record<string, unknown>[];
        /** for the next page, at GET /disputes/evidence/:part */
        nextCursor: string | null;
      };
      chargebacks: {
        /** unavailable: the service that knows it did not answer */
        status: "available" | "unavailable";
        /** code of why it is unavailable */
        reason: string | null;
        data: Record<string, unknown>[];
        /** for the next page, at GET /disputes/evidence/:part */
        nextCursor: string | null;
      };
      /** movements of prepaid credit, positive where it grew */
      credits: {
        /** unavailable: the service that knows it did not answer */
        status: "available" | "unavailable";
        /** code of why it is unavailable */
        reason: string | null;
        data: Record<string, unknown>[];
        /** for the next page, at GET /disputes/evidence/:part */
        nextCursor: string | null;
      };
      /** mails about invoices and payments: who got what and when */
      notices: {
        /** unavailable: the service that knows it did not answer */
        status: "available" | "unavailable";
        /** code of why it is unavailable */
        reason: string | null;
        data: Record<string, unknown>[];
        /** for the next page, at GET /disputes/evidence/:part */
        nextCursor: string | null;
      };
    };
  };
  /** Get a page of one part of the evidence */
  getEvidencePart: {
    input: {
      params: {
        part: "account" | "subscriptions" | "changes" | "usageEvents" | "invoices" | "creditNotes" | "payments" | "refunds" | "chargebacks" | "credits" | "notices";
      };
      query?: {
        limit?: number;
        cursor?: string;
        /** with invoiceId: whose usage, where several accounts are on the invoice */
        accountId?: string;
        from?: string;
        to?: string;
        /** what belongs to one invoice, and the time that it bills */
        invoiceId?: string;
      };
    };
    response: {
      /** unavailable: the service that knows it did not answer */
      status: "available" | "unavailable";
      /** code of why it is unavailable */
      reason: string | null;
      data: Record<string, unknown>[];
      /** for the next page, at GET /disputes/evidence/:part */
      nextCursor: string | null;
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
  /** Get an account at a payment gateway */
  getGatewayAccount: {
    input: {
      params: {
        /** UUIDv7 */
        gatewayAccountId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      gateway: "stripe";
      name: string;
      legalEntityId: string | null;
      publishableKey: string | null;
      hasWebhookSecret: boolean;
      enabled: boolean;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Get a group */
  getGroup: {
    input: {
      params: {
        /** UUIDv7 */
        groupId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      name: string;
      description: string | null;
      /** scim: kept by the tenant's directory */
      source: "local" | "scim";
      externalId: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Get an identity provider */
  getIdentityProvider: {
    input: {
      params: {
        providerId: string;
      };
      query?: {
        /** the tenant's own providers, or those of the whole platform, which its administrators alone see */
        realm?: "tenant" | "platform";
      };
    };
    response: {
      id: string;
      realm: "tenant" | "platform";
      /** declared ones change in their file alone */
      origin: "administered" | "declared";
      /** what its button says */
      title: string;
      enabled: boolean;
      /** whether people whom nobody knows here become users; platform: where anybody may sign up */
      signUp: "never" | "platform" | "always";
      /** only addresses of these domains; none: any */
      allowedDomains: string[];
      /** people with an address of the tenant's verified domains are sent there */
      homeRealm: boolean;
      /** it answers for the addresses it names without saying that they are verified; of a tenant's, in its domains */
      trustEmail: boolean;
      /** what it says of a second factor counts here */
      trustMultiFactor: boolean;
      /** who signs in by it becomes a member with this role of the tenant's */
      joinRole: string | null;
      /** as they were sent, without the secret */
      settings: Record<string, unknown>;
      secretSet: boolean;
      /** to be registered with the provider; for SAML the assertion consumer service */
      callbackUrl: string;
      /** of our side, for SAML; its address is our entity id */
      metadataUrl: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Get an invitation */
  getInvitation: {
    input: {
      params: {
        /** UUIDv7 */
        invitationId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      email: string;
      roles: string[];
      status: "open" | "accepted" | "revoked" | "expired";
      /** UUIDv7 */
      invitedBy: string;
      createdAt: string;
      /** when the last mail was sent */
      sentAt: string;
      expiresAt: string;
      acceptedAt: string | null;
      acceptedBy: string | null;
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
      /** without gaps in the legal entity; null for a draft */
      number: string | null;
      /** who issues it; the tenant's id names the default one */
      legalEntityId: string;
      /** what was said of the legal entity when it was issued */
      legalEntityVersion: number;
      /** who pays it */
      accountId: string;
      /** the only subscription on it; null when there are several or none */
      subscriptionId: string | null;
      reason: "period" | "threshold" | "one_off";
      billedAt: string;
      currency: string;
      timeZone: string;
      status: "draft" | "finalized" | "past_due" | "paid" | "void" | "written_off";
      customer: {
        key: string;
        name: string;
        email: string | null;
        billing: {
          /** name on invoices; the account's when absent */
          name?: string;
          /** where invoices are sent */
          email?: string;
          address?: {
            line1: string;
            line2?: string;
            city: string;
            /** state, province or canton, as ISO 3166-2 without the country where there is a code */
            region?: string;
            postalCode?: string;
            country: string;
          };
          /** such as a VAT identification number, with its country prefix */
          taxId?: string;
          taxExempt?: boolean;
          /** BCP 47 tag of the language of invoices */
          language?: string;
          /** the customer's own reference: purchase order, cost centre, Leitweg-ID */
          reference?: string;
          paymentTermDays?: number;
          /** key of the legal entity that bills it */
          legalEntity?: string;
          invoicing?: "consolidated" | "per_subscription";
        };
      };
      /** sum of the rounded lines, in the smallest unit */
      subtotalMinor: string;
      discountMinor: string;
      taxMinor: string;
      taxes: ({
        category: string;
        percent: string;
        label: string;
        reverseCharge: boolean;
        /** why it is 0 % */
        zeroReason?: "zero_rated" | "exempt" | "reverse_charge" | "out_of_scope" | "export" | "intra_community";
        taxableMinor: string;
        taxMinor: string;
      })[];
      totalMinor: string;
      dueOn: string | null;
      /** when a draft is finalized by itself; null: when somebody finalizes it */
      reviewUntil: string | null;
      /** how far a draft is worked out: discounts and tax are missing, tax is missing, all is there */
      calculation: "pending" | "untaxed" | "done";
      /** paid from prepaid credit; negative: what was overpaid became credit */
      creditsMinor: string;
      paidMinor: string;
      /** taken back by credit notes */
      creditedMinor: string;
      writtenOffMinor: string;
      /** still to be paid */
      dueMinor: string;
      lineCount: number;
      version: number;
      createdAt: string;
      updatedAt: string;
      finalizedAt: string | null;
      paidAt: string | null;
      voidedAt: string | null;
      lines: ({
        position: number;
        /** subscription/phase/price/plan version/period/kind/sequence: the same whenever it is billed */
        key: string;
        kind: "recurring" | "usage" | "adjustment" | "minimum" | "maximum" | "one_off";
        description: string;
        /** who used or ordered it */
        accountId: string;
        subscriptionId: string | null;
        planId: string | null;
        planVersion: number | null;
        priceId: string | null;
        priceKey: string | null;
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
        discountMinor: string;
        /** whether the amount contains the tax */
        taxInclusive: boolean;
        discounts: {
          /** UUIDv7 */
          couponId: string;
          code: string;
          amountMinor: string;
          /** absent where the coupon takes off an amount */
          percent?: string;
        }[];
        taxCategory: string;
        taxPercent: string | null;
        taxMinor: string;
        periodStart: string;
        periodEnd: string;
      })[];
      /** cursor of GET /invoices/:invoiceId/lines for the rest */
      nextLinesCursor: string | null;
    };
  };
  /** Get how far the dunning of an invoice has come */
  getInvoiceDunning: {
    input: {
      params: {
        /** UUIDv7 */
        invoiceId: string;
      };
    };
    response: {
      /** UUIDv7 */
      invoiceId: string;
      /** UUIDv7 */
      accountId: string;
      /** keys of the steps that were reached */
      reached: string[];
      /** why nothing happens by itself; null: it does */
      paused: "refund" | "chargeback" | "agent" | "dispute" | null;
      lastStepAt: string | null;
      version: number;
    };
  };
  /** Get an invoice as a PDF */
  getInvoicePdf: {
    input: {
      params: {
        /** UUIDv7 */
        invoiceId: string;
      };
    };
    response: Blob;
  };
  /** Get a final invoice as an e-invoice: EN 16931 in UBL 2.1 */
  getInvoiceUbl: {
    input: {
      params: {
        /** UUIDv7 */
        invoiceId: string;
      };
      query?: {
        /** the standard alone, XRechnung 3.0, or Peppol BIS Billing 3.0 */
        profile?: "en16931" | "xrechnung" | "peppol";
      };
    };
    response: string;
  };
  /** Get the connection to Kill Bill and how far the mirror has come */
  getKillBillConnection: {
    input: {};
    response: {
      baseUrl: string;
      user: string;
      apiKey: string;
      enabled: boolean;
      /** how many versions of the catalogue were uploaded */
      catalogueUploads: number;
      /** when a run last came to its end */
      mirroredAt: string | null;
      /** why the last run did not */
      lastError: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Get a legal entity; the default one's id is the tenant's */
  getLegalEntity: {
    input: {
      params: {
        /** UUIDv7 */
        legalEntityId: string;
      };
    };
    response: {
      key: string;
      /** empty for the default one before it is set */
      name: string;
      address: {
        line1: string;
        line2?: string;
        city: string;
        /** state, province or canton, as ISO 3166-2 without the country where there is a code */
        region?: string;
        postalCode?: string;
        country: string;
      } | null;
      /** such as a VAT identification number */
      taxId: string | null;
      /** register and number, as printed */
      registration: string | null;
      email: string | null;
      /** of the contact that e-invoices name */
      phone: string | null;
      bank: {
        holder: string;
        iban: string;
        bic: string | null;
        bankName: string | null;
      } | null;
      /** text at the foot of documents by language tag */
      footer: Record<string, string>;
      /** stands before the numbers of invoices from now on */
      invoicePrefix: string;
      creditNotePrefix: string;
      /** whether tax is rounded on each line, or once for each rate from the sum */
      taxRounding: "line" | "total";
      /** where taxes come from: the table of rates, or the configured tax service */
      taxProvider: "rates" | "external";
      /** countries of one tax union with the entity, itself among them: businesses elsewhere in it owe the tax themselves */
      taxUnion: string[];
      paymentTermDays: number;
      /** how long drafts wait before they are finalized by themselves */
      reviewHours: number;
      /** UUIDv7 */
      id: string;
      /** 0 for the default one before it is set */
      version: number;
      createdAt: string | null;
      updatedAt: string | null;
    };
  };
  /** Get a meter, and how far a change of what it counts has come */
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
      /** weighted_sum: each value times the hours until the next one, in unit-hours; percentile: by nearest rank */
      aggregation: "count" | "sum" | "max" | "min" | "last" | "unique_count" | "weighted_sum" | "percentile";
      valueProperty: string | null;
      percentile: string | null;
      /** conditions on the data, compared as text; all must hold */
      filters: ({
        property: string;
        operator: "equals" | "not_equals" | "in";
        values: string[];
      })[];
      /** properties of the event's data by which usage can be grouped */
      dimensions: string[];
      unit: string | null;
      archived: boolean;
      version: number;
      /** number of the definition by which the meter answers */
      revision: number;
      createdAt: string;
      updatedAt: string;
      building: {
        revision: number;
        /** weighted_sum: each value times the hours until the next one, in unit-hours; percentile: by nearest rank */
        aggregation: "count" | "sum" | "max" | "min" | "last" | "unique_count" | "weighted_sum" | "percentile";
        valueProperty: string | null;
        percentile: string | null;
        /** conditions on the data, compared as text; all must hold */
        filters: ({
          property: string;
          operator: "equals" | "not_equals" | "in";
          values: string[];
        })[];
        /** properties of the event's data by which usage can be grouped */
        dimensions: string[];
        /** stored events that are counted so far */
        countedEvents: number;
        /** stored events without a value that can be counted */
        skippedEvents: number;
        startedAt: string;
      } | null;
    };
  };
  /** Get monthly recurring revenue and how it moved */
  getMrr: {
    input: {
      query: {
        /** first month */
        from: string;
        /** last month, included */
        to: string;
        /** nothing is converted: a report is of one currency */
        currency: string;
        /** csv: the rows as a file, amounts in the smallest unit */
        format?: "json" | "csv";
      };
    };
    response: {
      currency: string;
      data: {
        month: string;
        opening: {
          customers: number;
          amountMinor: string;
        };
        new: {
          customers: number;
          amountMinor: string;
        };
        reactivation: {
          customers: number;
          amountMinor: string;
        };
        expansion: {
          customers: number;
          amountMinor: string;
        };
        contraction: {
          customers: number;
          amountMinor: string;
        };
        churn: {
          customers: number;
          amountMinor: string;
        };
        closing: {
          customers: number;
          amountMinor: string;
        };
      }[];
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
  /** Get a payment with the invoices that it settles */
  getPayment: {
    input: {
      params: {
        /** UUIDv7 */
        paymentId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      legalEntityId: string;
      /** UUIDv7 */
      accountId: string;
      /** what it was made for; null for money that came without an invoice */
      invoiceId: string | null;
      gateway: "stripe" | "manual" | "bank_transfer";
      gatewayAccountId: string | null;
      paymentMethodId: string | null;
      gatewayPaymentId: string | null;
      currency: string;
      amountMinor: string;
      /** what of it settles invoices */
      appliedMinor: string;
      /** what was received and settles nothing yet */
      unappliedMinor: string;
      refundedMinor: string;
      chargedBackMinor: string;
      /** what was turned into prepaid credit */
      grantedMinor: string;
      refundableMinor: string;
      /** unknown: the gateway did not answer; it is asked until it does, and never charged twice */
      status: "pending" | "requires_action" | "unknown" | "succeeded" | "failed";
      cause: "request" | "automatic" | "recorded";
      failure: {
        /** hard: the payment method is not charged again; authentication: the customer has to be present */
        kind: "hard" | "soft" | "authentication" | "temporary" | "refused" | "canceled";
        code: string;
        message: string;
      } | null;
      /** what the customer has to do, for the gateway's code in their browser */
      nextAction: {
        clientSecret: string | null;
        url: string | null;
      } | null;
      reference: string | null;
      note: string | null;
      receivedOn: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
      succeededAt: string | null;
      allocations: {
        /** UUIDv7 */
        invoiceId: string;
        amountMinor: string;
      }[];
    };
  };
  /** Get a payment method */
  getPaymentMethod: {
    input: {
      params: {
        /** UUIDv7 */
        paymentMethodId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      accountId: string;
      /** UUIDv7 */
      gatewayAccountId: string;
      gatewayMethodId: string;
      type: string;
      brand: string | null;
      last4: string | null;
      expiryMonth: number | null;
      expiryYear: number | null;
      isDefault: boolean;
      /** declined: not charged by itself until it is made the default again */
      status: "active" | "declined" | "removed";
      declineCode: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
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
      kind: "plan" | "add_on";
      family: {
        key: string;
        rank: number;
        upgrade: "now" | "period_end";
        downgrade: "now" | "period_end";
        changesTo: string[] | null;
      } | null;
      archived: boolean;
      planVersion: number;
      addOnTo: string[] | null;
      currency: string;
      currencies: string[];
      period: {
        unit: "day" | "week" | "month" | "year";
        count: number;
      };
      phases: ({
        key: string;
        kind: "trial" | "intro" | "evergreen";
        length: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        } | null;
      })[];
      prorationBasis: "day" | "second";
      taxInclusive: boolean;
      minimumSpend: string | null;
      minimumSpends: Record<string, string>;
      maximumSpend: string | null;
      maximumSpends: Record<string, string>;
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
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "graduated";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** whether the first tier's flat amount falls due without usage too */
          flatAtZero?: boolean;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "volume";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** whether the first tier's flat amount falls due without usage too */
          flatAtZero?: boolean;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "package";
          packageSize: string;
          packageAmount: string;
          freeUnits?: string;
          rounding?: "up" | "down";
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "percentage";
          /** percent of the metered amount */
          rate: string;
          /** part of the metered amount that costs nothing */
          freeUnits?: string;
          /** least that a period with chargeable usage costs */
          minimumAmount?: string;
          /** most that a period costs */
          maximumAmount?: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "graduated_percentage";
          tiers: ({
            upTo: string | null;
            /** percent, for example "2.9" */
            rate: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "matrix";
          /** properties by which the meter groups */
          dimensions: string[];
          cells: {
            /** a value for each dimension */
            values: Record<string, string>;
            unitAmount: string;
          }[];
          /** for values that no cell names */
          otherUnitAmount: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "bulk_commitment";
          /** committed units, paid for whether used or not */
          quantity: string;
          /** price of the committed units together */
          amount: string;
          /** price of each unit above them */
          overageUnitAmount: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        };
        /** which tax rates apply to it */
        taxCategory: string;
        /** keys of the plan's phases that it belongs to; null: to all */
        phases: string[] | null;
        models: Record<string, {
          model: "flat";
          amount: string;
          timing: "advance" | "arrears";
        } | {
          model: "per_unit";
          unitAmount: string;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "graduated";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** whether the first tier's flat amount falls due without usage too */
          flatAtZero?: boolean;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "volume";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** whether the first tier's flat amount falls due without usage too */
          flatAtZero?: boolean;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "package";
          packageSize: string;
          packageAmount: string;
          freeUnits?: string;
          rounding?: "up" | "down";
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "percentage";
          /** percent of the metered amount */
          rate: string;
          /** part of the metered amount that costs nothing */
          freeUnits?: string;
          /** least that a period with chargeable usage costs */
          minimumAmount?: string;
          /** most that a period costs */
          maximumAmount?: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "graduated_percentage";
          tiers: ({
            upTo: string | null;
            /** percent, for example "2.9" */
            rate: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "matrix";
          /** properties by which the meter groups */
          dimensions: string[];
          cells: {
            /** a value for each dimension */
            values: Record<string, string>;
            unitAmount: string;
          }[];
          /** for values that no cell names */
          otherUnitAmount: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "bulk_commitment";
          /** committed units, paid for whether used or not */
          quantity: string;
          /** price of the committed units together */
          amount: string;
          /** price of each unit above them */
          overageUnitAmount: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        }>;
      })[];
      entitlements: ({
        /** key of the feature */
        feature: string;
        type: "boolean" | "limit" | "metered";
        /** true or false of a boolean feature, a decimal of the others */
        value: boolean | string;
        /** key of the meter of a metered feature */
        meter: string | null;
        /** of a metered feature */
        reset: "period" | "day" | "month" | "year" | "never" | null;
        /** most that is carried into the next allowance; null: nothing */
        rollOver: string | null;
        /** whether more than the value may be used */
        overage: "allow" | "deny" | null;
        /** percent of the value at which an alert is raised */
        alertsAt: number[];
      })[];
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Get a plan family with its plans */
  getPlanFamily: {
    input: {
      params: {
        /** UUIDv7 */
        familyId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      key: string;
      name: string;
      /** when a change to a plan of higher rank takes effect */
      upgrade: "now" | "period_end";
      /** when a change to a plan of lower rank takes effect */
      downgrade: "now" | "period_end";
      version: number;
      createdAt: string;
      updatedAt: string;
      /** in the order of their ranks */
      plans: ({
        /** UUIDv7 */
        planId: string;
        key: string;
        rank: number;
        changesTo: string[] | null;
      })[];
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
      kind: "plan" | "add_on";
      family: {
        key: string;
        rank: number;
        upgrade: "now" | "period_end";
        downgrade: "now" | "period_end";
        changesTo: string[] | null;
      } | null;
      archived: boolean;
      planVersion: number;
      addOnTo: string[] | null;
      currency: string;
      currencies: string[];
      period: {
        unit: "day" | "week" | "month" | "year";
        count: number;
      };
      phases: ({
        key: string;
        kind: "trial" | "intro" | "evergreen";
        length: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        } | null;
      })[];
      prorationBasis: "day" | "second";
      taxInclusive: boolean;
      minimumSpend: string | null;
      minimumSpends: Record<string, string>;
      maximumSpend: string | null;
      maximumSpends: Record<string, string>;
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
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "graduated";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** whether the first tier's flat amount falls due without usage too */
          flatAtZero?: boolean;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "volume";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** whether the first tier's flat amount falls due without usage too */
          flatAtZero?: boolean;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "package";
          packageSize: string;
          packageAmount: string;
          freeUnits?: string;
          rounding?: "up" | "down";
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "percentage";
          /** percent of the metered amount */
          rate: string;
          /** part of the metered amount that costs nothing */
          freeUnits?: string;
          /** least that a period with chargeable usage costs */
          minimumAmount?: string;
          /** most that a period costs */
          maximumAmount?: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "graduated_percentage";
          tiers: ({
            upTo: string | null;
            /** percent, for example "2.9" */
            rate: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "matrix";
          /** properties by which the meter groups */
          dimensions: string[];
          cells: {
            /** a value for each dimension */
            values: Record<string, string>;
            unitAmount: string;
          }[];
          /** for values that no cell names */
          otherUnitAmount: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "bulk_commitment";
          /** committed units, paid for whether used or not */
          quantity: string;
          /** price of the committed units together */
          amount: string;
          /** price of each unit above them */
          overageUnitAmount: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        };
        /** which tax rates apply to it */
        taxCategory: string;
        /** keys of the plan's phases that it belongs to; null: to all */
        phases: string[] | null;
        models: Record<string, {
          model: "flat";
          amount: string;
          timing: "advance" | "arrears";
        } | {
          model: "per_unit";
          unitAmount: string;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "graduated";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** whether the first tier's flat amount falls due without usage too */
          flatAtZero?: boolean;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "volume";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** whether the first tier's flat amount falls due without usage too */
          flatAtZero?: boolean;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "package";
          packageSize: string;
          packageAmount: string;
          freeUnits?: string;
          rounding?: "up" | "down";
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "percentage";
          /** percent of the metered amount */
          rate: string;
          /** part of the metered amount that costs nothing */
          freeUnits?: string;
          /** least that a period with chargeable usage costs */
          minimumAmount?: string;
          /** most that a period costs */
          maximumAmount?: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "graduated_percentage";
          tiers: ({
            upTo: string | null;
            /** percent, for example "2.9" */
            rate: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "matrix";
          /** properties by which the meter groups */
          dimensions: string[];
          cells: {
            /** a value for each dimension */
            values: Record<string, string>;
            unitAmount: string;
          }[];
          /** for values that no cell names */
          otherUnitAmount: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "bulk_commitment";
          /** committed units, paid for whether used or not */
          quantity: string;
          /** price of the committed units together */
          amount: string;
          /** price of each unit above them */
          overageUnitAmount: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        }>;
      })[];
      entitlements: ({
        /** key of the feature */
        feature: string;
        type: "boolean" | "limit" | "metered";
        /** true or false of a boolean feature, a decimal of the others */
        value: boolean | string;
        /** key of the meter of a metered feature */
        meter: string | null;
        /** of a metered feature */
        reset: "period" | "day" | "month" | "year" | "never" | null;
        /** most that is carried into the next allowance; null: nothing */
        rollOver: string | null;
        /** whether more than the value may be used */
        overage: "allow" | "deny" | null;
        /** percent of the value at which an alert is raised */
        alertsAt: number[];
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
        /** key of the meter; absent: the subscribed quantity (seats) */
        meter?: string;
        conversion?: {
          /** the raw quantity is divided by it, for example "1000000000" */
          divisor: string;
          rounding: "none" | "up" | "down" | "half_up";
          /** fraction digits kept when it is rounded */
          digits?: number;
        };
      } | {
        model: "graduated";
        tiers: ({
          upTo: string | null;
          /** major units, for example "0.0005" */
          unitAmount: string;
          /** charged on entry to the tier */
          flatAmount?: string;
        })[];
        /** whether the first tier's flat amount falls due without usage too */
        flatAtZero?: boolean;
        /** key of the meter; absent: the subscribed quantity (seats) */
        meter?: string;
        conversion?: {
          /** the raw quantity is divided by it, for example "1000000000" */
          divisor: string;
          rounding: "none" | "up" | "down" | "half_up";
          /** fraction digits kept when it is rounded */
          digits?: number;
        };
      } | {
        model: "volume";
        tiers: ({
          upTo: string | null;
          /** major units, for example "0.0005" */
          unitAmount: string;
          /** charged on entry to the tier */
          flatAmount?: string;
        })[];
        /** whether the first tier's flat amount falls due without usage too */
        flatAtZero?: boolean;
        /** key of the meter; absent: the subscribed quantity (seats) */
        meter?: string;
        conversion?: {
          /** the raw quantity is divided by it, for example "1000000000" */
          divisor: string;
          rounding: "none" | "up" | "down" | "half_up";
          /** fraction digits kept when it is rounded */
          digits?: number;
        };
      } | {
        model: "package";
        packageSize: string;
        packageAmount: string;
        freeUnits?: string;
        rounding?: "up" | "down";
        /** key of the meter; absent: the subscribed quantity (seats) */
        meter?: string;
        conversion?: {
          /** the raw quantity is divided by it, for example "1000000000" */
          divisor: string;
          rounding: "none" | "up" | "down" | "half_up";
          /** fraction digits kept when it is rounded */
          digits?: number;
        };
      } | {
        model: "percentage";
        /** percent of the metered amount */
        rate: string;
        /** part of the metered amount that costs nothing */
        freeUnits?: string;
        /** least that a period with chargeable usage costs */
        minimumAmount?: string;
        /** most that a period costs */
        maximumAmount?: string;
        /** key of the meter */
        meter: string;
        conversion?: {
          /** the raw quantity is divided by it, for example "1000000000" */
          divisor: string;
          rounding: "none" | "up" | "down" | "half_up";
          /** fraction digits kept when it is rounded */
          digits?: number;
        };
      } | {
        model: "graduated_percentage";
        tiers: ({
          upTo: string | null;
          /** percent, for example "2.9" */
          rate: string;
          /** charged on entry to the tier */
          flatAmount?: string;
        })[];
        /** key of the meter */
        meter: string;
        conversion?: {
          /** the raw quantity is divided by it, for example "1000000000" */
          divisor: string;
          rounding: "none" | "up" | "down" | "half_up";
          /** fraction digits kept when it is rounded */
          digits?: number;
        };
      } | {
        model: "matrix";
        /** properties by which the meter groups */
        dimensions: string[];
        cells: {
          /** a value for each dimension */
          values: Record<string, string>;
          unitAmount: string;
        }[];
        /** for values that no cell names */
        otherUnitAmount: string;
        /** key of the meter */
        meter: string;
        conversion?: {
          /** the raw quantity is divided by it, for example "1000000000" */
          divisor: string;
          rounding: "none" | "up" | "down" | "half_up";
          /** fraction digits kept when it is rounded */
          digits?: number;
        };
      } | {
        model: "bulk_commitment";
        /** committed units, paid for whether used or not */
        quantity: string;
        /** price of the committed units together */
        amount: string;
        /** price of each unit above them */
        overageUnitAmount: string;
        /** key of the meter */
        meter: string;
        conversion?: {
          /** the raw quantity is divided by it, for example "1000000000" */
          divisor: string;
          rounding: "none" | "up" | "down" | "half_up";
          /** fraction digits kept when it is rounded */
          digits?: number;
        };
      };
      /** which tax rates apply to it */
      taxCategory: string;
      /** keys of the plan's phases that it belongs to; null: to all */
      phases: string[] | null;
      /** by the further currencies of the plan */
      models: Record<string, {
        model: "flat";
        amount: string;
        timing: "advance" | "arrears";
      } | {
        model: "per_unit";
        unitAmount: string;
        /** key of the meter; absent: the subscribed quantity (seats) */
        meter?: string;
        conversion?: {
          /** the raw quantity is divided by it, for example "1000000000" */
          divisor: string;
          rounding: "none" | "up" | "down" | "half_up";
          /** fraction digits kept when it is rounded */
          digits?: number;
        };
      } | {
        model: "graduated";
        tiers: ({
          upTo: string | null;
          /** major units, for example "0.0005" */
          unitAmount: string;
          /** charged on entry to the tier */
          flatAmount?: string;
        })[];
        /** whether the first tier's flat amount falls due without usage too */
        flatAtZero?: boolean;
        /** key of the meter; absent: the subscribed quantity (seats) */
        meter?: string;
        conversion?: {
          /** the raw quantity is divided by it, for example "1000000000" */
          divisor: string;
          rounding: "none" | "up" | "down" | "half_up";
          /** fraction digits kept when it is rounded */
          digits?: number;
        };
      } | {
        model: "volume";
        tiers: ({
          upTo: string | null;
          /** major units, for example "0.0005" */
          unitAmount: string;
          /** charged on entry to the tier */
          flatAmount?: string;
        })[];
        /** whether the first tier's flat amount falls due without usage too */
        flatAtZero?: boolean;
        /** key of the meter; absent: the subscribed quantity (seats) */
        meter?: string;
        conversion?: {
          /** the raw quantity is divided by it, for example "1000000000" */
          divisor: string;
          rounding: "none" | "up" | "down" | "half_up";
          /** fraction digits kept when it is rounded */
          digits?: number;
        };
      } | {
        model: "package";
        packageSize: string;
        packageAmount: string;
        freeUnits?: string;
        rounding?: "up" | "down";
        /** key of the meter; absent: the subscribed quantity (seats) */
        meter?: string;
        conversion?: {
          /** the raw quantity is divided by it, for example "1000000000" */
          divisor: string;
          rounding: "none" | "up" | "down" | "half_up";
          /** fraction digits kept when it is rounded */
          digits?: number;
        };
      } | {
        model: "percentage";
        /** percent of the metered amount */
        rate: string;
        /** part of the metered amount that costs nothing */
        freeUnits?: string;
        /** least that a period with chargeable usage costs */
        minimumAmount?: string;
        /** most that a period costs */
        maximumAmount?: string;
        /** key of the meter */
        meter: string;
        conversion?: {
          /** the raw quantity is divided by it, for example "1000000000" */
          divisor: string;
          rounding: "none" | "up" | "down" | "half_up";
          /** fraction digits kept when it is rounded */
          digits?: number;
        };
      } | {
        model: "graduated_percentage";
        tiers: ({
          upTo: string | null;
          /** percent, for example "2.9" */
          rate: string;
          /** charged on entry to the tier */
          flatAmount?: string;
        })[];
        /** key of the meter */
        meter: string;
        conversion?: {
          /** the raw quantity is divided by it, for example "1000000000" */
          divisor: string;
          rounding: "none" | "up" | "down" | "half_up";
          /** fraction digits kept when it is rounded */
          digits?: number;
        };
      } | {
        model: "matrix";
        /** properties by which the meter groups */
        dimensions: string[];
        cells: {
          /** a value for each dimension */
          values: Record<string, string>;
          unitAmount: string;
        }[];
        /** for values that no cell names */
        otherUnitAmount: string;
        /** key of the meter */
        meter: string;
        conversion?: {
          /** the raw quantity is divided by it, for example "1000000000" */
          divisor: string;
          rounding: "none" | "up" | "down" | "half_up";
          /** fraction digits kept when it is rounded */
          digits?: number;
        };
      } | {
        model: "bulk_commitment";
        /** committed units, paid for whether used or not */
        quantity: string;
        /** price of the committed units together */
        amount: string;
        /** price of each unit above them */
        overageUnitAmount: string;
        /** key of the meter */
        meter: string;
        conversion?: {
          /** the raw quantity is divided by it, for example "1000000000" */
          divisor: string;
          rounding: "none" | "up" | "down" | "half_up";
          /** fraction digits kept when it is rounded */
          digits?: number;
        };
      }>;
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
  /** Get a quota */
  getQuota: {
    input: {
      params: {
        /** UUIDv7 */
        quotaId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** null: each account that has no quota of its own for the meter */
      accountId: string | null;
      meter: string;
      feature: string | null;
      limit: string;
      reset: "period" | "day" | "month" | "year" | "never";
      anchor: string | null;
      period: {
        unit: "day" | "week" | "month" | "year";
        count: number;
      } | null;
      rollOver: string | null;
      /** whether more than the limit may be used: allow warns, deny blocks */
      overage: "allow" | "deny";
      alertsAt: number[];
      source: "manual" | "entitlement";
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Get the roles that a user's directory gives them */
  getRealmRoles: {
    input: {
      params: {
        /** UUIDv7 */
        userId: string;
      };
    };
    response: {
      roles: ("platform_admin" | "org_admin" | "org_member")[];
    };
  };
  /** Get what is open now by how long it is past due, the largest accounts first */
  getReceivables: {
    input: {
      query: {
        currency: string;
        /** accounts; the total is of all */
        limit?: number;
        /** csv: the rows as a file, amounts in the smallest unit */
        format?: "json" | "csv";
      };
    };
    response: {
      currency: string;
      at: string;
      total: {
        invoices: number;
        notDueMinor: string;
        days1To30Minor: string;
        days31To60Minor: string;
        days61To90Minor: string;
        over90DaysMinor: string;
        openMinor: string;
        /** what is owed to the customer; open less overpaid is what the ledger says */
        overpaidMinor: string;
      };
      data: {
        invoices: number;
        notDueMinor: string;
        days1To30Minor: string;
        days31To60Minor: string;
        days61To90Minor: string;
        over90DaysMinor: string;
        openMinor: string;
        /** what is owed to the customer; open less overpaid is what the ledger says */
        overpaidMinor: string;
        /** UUIDv7 */
        accountId: string;
      }[];
    };
  };
  /** Get a refund */
  getRefund: {
    input: {
      params: {
        /** UUIDv7 */
        refundId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      paymentId: string;
      amountMinor: string;
      /** unknown: the gateway did not answer; it is asked until it does */
      status: "pending" | "unknown" | "succeeded" | "failed";
      reason: string;
      note: string | null;
      reference: string | null;
      gatewayRefundId: string | null;
      failureCode: string | null;
      /** the invoices that it had settled; null: what settled nothing */
      taken: ({
        invoiceId: string | null;
        amountMinor: string;
      })[];
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Get the revenue recognition schedule: invoiced, earned and deferred by month, without tax */
  getRevenueRecognition: {
    input: {
      query: {
        /** first month */
        from: string;
        /** last month, included */
        to: string;
        /** nothing is converted: a report is of one currency */
        currency: string;
        /** csv: the rows as a file, amounts in the smallest unit */
        format?: "json" | "csv";
        /** UUIDv7 */
        legalEntityId?: string;
        /** UUIDv7 */
        invoiceId?: string;
      };
    };
    response: {
      currency: string;
      openingDeferredMinor: string;
      data: {
        month: string;
        invoicedMinor: string;
        creditedMinor: string;
        recognizedMinor: string;
        /** at the end of the month; negative: earned and not invoiced yet */
        deferredMinor: string;
      }[];
    };
  };
  /** Get a role of the tenant's own */
  getRole: {
    input: {
      params: {
        /** UUIDv7 */
        roleId: string;
      };
    };
    response: {
      /** null: built in */
      id: string | null;
      name: string;
      title: string;
      description: string | null;
      permissions: string[];
      /** permissions that count only where all their conditions hold */
      conditional: ({
        permission: string;
        conditions: ({
          attribute: string;
          operator: "equals" | "not_equals";
          value?: string | number | boolean;
          otherAttribute?: string;
        })[];
      })[];
      version: number;
      createdAt: string | null;
      updatedAt: string | null;
    };
  };
  /** Get a service account with its secrets, of which only the beginning is known */
  getServiceAccount: {
    input: {
      params: {
        /** UUIDv7 */
        serviceAccountId: string;
      };
    };
    response: {
      /** also its client_id */
      id: string;
      name: string;
      description: string | null;
      publicKeys: Record<string, unknown>[] | null;
      createdBy: string | null;
      createdAt: string;
      updatedAt: string;
      disabledAt: string | null;
      lastUsedAt: string | null;
      version: number;
      secrets: ({
        /** UUIDv7 */
        id: string;
        prefix: string;
        createdAt: string;
        expiresAt: string | null;
      })[];
    };
  };
  /** Get billed usage by the service that caused it, and what was billed of each meter beside what was used */
  getServiceRevenue: {
    input: {
      query: {
        /** first month */
        from: string;
        /** last month, included */
        to: string;
        /** nothing is converted: a report is of one currency */
        currency: string;
        /** csv: the rows as a file, amounts in the smallest unit */
        format?: "json" | "csv";
      };
    };
    response: {
      currency: string;
      data: ({
        month: string;
        meter: string;
        /** null: what cannot be told apart by services; empty: usage that names none */
        service: string | null;
        /** as it is metered now; null without a service */
        quantity: string | null;
        amountMinor: string;
      })[];
      meters: ({
        month: string;
        meter: string;
        /** as it was metered when it was billed, once for each price */
        billedQuantity: string;
        /** of the same accounts and periods, as it is metered now; null where quantities do not add up */
        usedQuantity: string | null;
        amountMinor: string;
      })[];
    };
  };
  /** Get the session of this browser, if it has one */
  getSession: {
    input: {};
    response: {
      user: {
        /** UUIDv7 */
        id: string;
        email: string;
        name: string;
        emailVerified: boolean;
        createdAt: string;
      } | null;
      session: {
        /** UUIDv7 */
        id: string;
        /** how the user proved who they are (RFC 8176) */
        methods: string[];
        secondFactorPending: boolean;
        /** the person of the support staff who acts as the user */
        actorId: string | null;
        createdAt: string;
        /** when it ends unless it is used before */
        expiresAt: string;
      } | null;
    };
  };
  /** Get how the members of the tenant must sign in */
  getSignInPolicy: {
    input: {};
    response: {
      secondFactorRequired: boolean;
      /** ways of signing in that the tenant accepts; one of them is enough */
      methods: ("password" | "email" | "passkey" | "federated")[];
      /** 0 when nothing was decided */
      version: number;
    };
  };
  /** Get an account's statement: balances, invoices, credit notes and payments of a span of days */
  getStatement: {
    input: {
      query: {
        /** UUIDv7 */
        accountId: string;
        /** first day, in the account's time zone */
        from: string;
        /** the day after the last one */
        to: string;
        /** absent: the one that bills the account */
        legalEntityId?: string;
      };
    };
    response: {
      /** UUIDv7 */
      accountId: string;
      /** UUIDv7 */
      legalEntityId: string;
      from: string;
      to: string;
      timeZone: string;
      /** by currency; empty where nothing was ever owed */
      balances: ({
        currency: string;
        openingMinor: string;
        entries: ({
          postedAt: string;
          kind: "invoice" | "credit_note" | "payment" | "refund" | "chargeback" | "credit_grant" | "write_off" | "credits_applied" | "void" | "other";
          /** of the invoice, credit note, payment and so on */
          sourceId: string;
          /** of an invoice or a credit note */
          number: string | null;
          /** positive: more is owed */
          amountMinor: string;
          /** what is owed after it */
          balanceMinor: string;
        })[];
        closingMinor: string;
      })[];
    };
  };
  /** Get an account's statement as a PDF */
  getStatementPdf: {
    input: {
      query: {
        /** UUIDv7 */
        accountId: string;
        /** first day, in the account's time zone */
        from: string;
        /** the day after the last one */
        to: string;
        /** absent: the one that bills the account */
        legalEntityId?: string;
      };
    };
    response: Blob;
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
      prorationBasis: "day" | "second";
      /** canceled from the request on; it is served until its end */
      status: "active" | "canceled";
      state: "scheduled" | "trialing" | "active" | "paused" | "ended";
      /** calendar date in the account's time zone */
      startsOn: string;
      /** the date that every period boundary is counted from */
      anchor: string;
      /** whether the plan's trial was left out because the account had one before */
      trialSkipped: boolean;
      commitment: {
        /** major units of the currency */
        amount: string;
        /** whole billing periods */
        term: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
      } | null;
      /** null: it goes on from period to period */
      term: {
        length: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
        /** whether another term follows; the subscription ends with the running one otherwise */
        renews: boolean;
        noticeDays: number;
        /** of the running term, 1 for the first */
        number: number;
        /** calendar date in the account's time zone */
        startsOn: string;
        /** first date of the next term, or the first that is no longer subscribed */
        endsOn: string;
      } | null;
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
        /** key of the phase of the plan */
        phase: string;
        kind: "trial" | "intro" | "evergreen";
        /** costs no fees; usage in it is rated */
        paused: boolean;
        /** calendar date in the account's time zone */
        from: string;
        /** first date that is no longer in the phase */
        to: string | null;
        startsAt: string;
        endsAt: string | null;
      })[];
      addOns: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        planId: string;
        planVersion: number;
        quantity: number;
        /** calendar date in the account's time zone */
        from: string;
        to: string | null;
        phases: ({
          /** UUIDv7 */
          id: string;
          /** UUIDv7 */
          planId: string;
          planVersion: number;
          quantity: number;
          /** key of the phase of the plan */
          phase: string;
          kind: "trial" | "intro" | "evergreen";
          /** costs no fees; usage in it is rated */
          paused: boolean;
          /** calendar date in the account's time zone */
          from: string;
          /** first date that is no longer in the phase */
          to: string | null;
          startsAt: string;
          endsAt: string | null;
        })[];
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
      /** what the operator says; goes before what the plan allows */
      limits: Record<string, number>;
      /** what the plan allows; a name that is absent in both is not limited */
      planLimits: Record<string, number>;
      /** whether it is there to try things out, and may stop its time */
      sandbox: boolean;
      /** where its time stands; null: it goes with everybody's */
      testClock: string | null;
      /** when a closing tenant is deleted */
      deletesAt: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Get how far an export is */
  getTenantExport: {
    input: {
      params: {
        /** UUIDv7 */
        tenantId: string;
        /** UUIDv7 */
        exportId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      tenantId: string;
      requestedBy: string;
      status: "waiting" | "running" | "ready" | "failed";
      /** of the compressed archive, so far */
      sizeBytes: number;
      rows: number;
      createdAt: string;
      finishedAt: string | null;
      expiresAt: string;
    };
  };
  /** Get the tenant's time, and whether it is a sandbox that may move it */
  getTestClock: {
    input: {};
    response: {
      sandbox: boolean;
      /** where its time stands; null: it goes with everybody's */
      testClock: string | null;
    };
  };
  /** Get an access token for the session of this browser */
  getToken: {
    input: {};
    response: {
      token: string;
      /** seconds */
      expiresIn: number;
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
        windowSize?: "quarter_hour" | "hour" | "day" | "month";
        /** IANA zone in which hours, days and months begin; UTC when absent */
        timeZone?: string;
        /** dimensions of the meter, with commas between: a quantity for each combination of the values' texts */
        groupBy?: string;
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
        /** start of the window; with windowSize or groupBy */
        from?: string;
        to?: string;
        /** of the dimensions; "" where an event had none */
        values?: Record<string, string>;
      })[];
    };
  };
  /** Get billed usage by meter, beside all that was invoiced */
  getUsageRevenue: {
    input: {
      query: {
        /** first month */
        from: string;
        /** last month, included */
        to: string;
        /** nothing is converted: a report is of one currency */
        currency: string;
        /** csv: the rows as a file, amounts in the smallest unit */
        format?: "json" | "csv";
      };
    };
    response: {
      currency: string;
      data: {
        month: string;
        meter: string;
        /** as metered */
        quantity: string;
        accounts: number;
        amountMinor: string;
      }[];
      volumes: {
        month: string;
        invoices: number;
        netMinor: string;
        usageMinor: string;
      }[];
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
  /** Get a webhook */
  getWebhook: {
    input: {
      params: {
        /** UUIDv7 */
        webhookId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      url: string;
      description: string | null;
      eventTypes: ("identity.signed_in" | "identity.signed_out" | "identity.disabled" | "identity.enabled" | "member.joined" | "member.left" | "invitation.created" | "invitation.accepted" | "invitation.revoked" | "usage.threshold_reached" | "usage.quota_exceeded")[];
      enabled: boolean;
      disabledBecause: "owner" | "failing" | null;
      /** until when messages are also signed with the secret before */
      overlapUntil: string | null;
      createdBy: string | null;
      createdAt: string;
      updatedAt: string;
      version: number;
    };
  };
  /** Grant prepaid credit: as a promotion, bought, or from money that is owed back */
  grantCredit: {
    input: {
      body: {
        /** UUIDv7 */
        accountId: string;
        /** the account's own when absent */
        currency?: string;
        source: {
          type: "promotion";
          amountMinor: string;
        } | {
          type: "received";
          amountMinor: string;
          by: "manual" | "bank_transfer";
          on?: string;
          reference?: string;
          note?: string;
        } | {
          type: "charge";
          amountMinor: string;
          /** the account's default one when absent */
          paymentMethodId?: string;
          /** whether the customer can confirm the payment now */
          customerPresent?: boolean;
        } | {
          /** money that was received and settles nothing */
          type: "payment";
          /** UUIDv7 */
          paymentId: string;
          /** all of it when absent */
          amountMinor?: string;
        } | {
          /** what a credit note leaves to be given back */
          type: "credit_note";
          /** UUIDv7 */
          creditNoteId: string;
          /** all of it when absent */
          amountMinor?: string;
        };
        /** the lowest is used first */
        priority?: number;
        /** from this instant on it pays nothing; null: never */
        expiresAt?: string | null;
        reason: string;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** null while its payment has not succeeded, or all of it was returned */
      grant: {
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        walletId: string;
        /** UUIDv7 */
        accountId: string;
        currency: string;
        /** whose invoices it pays */
        legalEntityId: string;
        kind: "paid" | "promotional";
        amountMinor: string;
        remainingMinor: string;
        /** the lowest is used first */
        priority: number;
        /** from this instant on it pays nothing; null: never */
        expiresAt: string | null;
        reason: string;
        source: {
          type: "promotion" | "payment" | "credit_note";
          /** of the payment or the credit note; the grant's own for a promotion */
          id: string;
        };
        voidedAt: string | null;
        createdAt: string;
        updatedAt: string;
      } | null;
      payment: {
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        legalEntityId: string;
        /** UUIDv7 */
        accountId: string;
        /** what it was made for; null for money that came without an invoice */
        invoiceId: string | null;
        gateway: "stripe" | "manual" | "bank_transfer";
        gatewayAccountId: string | null;
        paymentMethodId: string | null;
        gatewayPaymentId: string | null;
        currency: string;
        amountMinor: string;
        /** what of it settles invoices */
        appliedMinor: string;
        /** what was received and settles nothing yet */
        unappliedMinor: string;
        refundedMinor: string;
        chargedBackMinor: string;
        /** what was turned into prepaid credit */
        grantedMinor: string;
        refundableMinor: string;
        /** unknown: the gateway did not answer; it is asked until it does, and never charged twice */
        status: "pending" | "requires_action" | "unknown" | "succeeded" | "failed";
        cause: "request" | "automatic" | "recorded";
        failure: {
          /** hard: the payment method is not charged again; authentication: the customer has to be present */
          kind: "hard" | "soft" | "authentication" | "temporary" | "refused" | "canceled";
          code: string;
          message: string;
        } | null;
        /** what the customer has to do, for the gateway's code in their browser */
        nextAction: {
          clientSecret: string | null;
          url: string | null;
        } | null;
        reference: string | null;
        note: string | null;
        receivedOn: string | null;
        version: number;
        createdAt: string;
        updatedAt: string;
        succeededAt: string | null;
      } | null;
      returnedMinor: string;
    };
  };
  /** Set a transfer aside that is for no invoice */
  ignoreBankTransfer: {
    input: {
      params: {
        /** UUIDv7 */
        transferId: string;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      bankAccount: string;
      /** what the bank calls it */
      bankReference: string;
      bookedOn: string;
      currency: string;
      amountMinor: string;
      payer: string | null;
      /** what the payer wrote */
      reference: string;
      status: "unmatched" | "matched" | "ignored";
      /** why it was not matched by itself */
      mismatch: "no_reference" | "several_invoices" | "not_open" | "currency_differs" | "amount_differs" | "payment_running" | null;
      paymentId: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Take the transfers that came in from a bank statement */
  importBankStatement: {
    input: {
      body: {
        format: "camt.053" | "csv";
        /** CSV: columns bankAccount, bankReference, bookedOn, currency, amount, reference, payer */
        content: string;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      imported: number;
      matched: number;
      unmatched: number;
      /** lines that an earlier statement had */
      known: number;
    };
  };
  /** Import a catalogue from one file */
  importCatalogue: {
    input: {
      query?: {
        /** answers what would be done, and does nothing */
        dryRun?: "true" | "false";
        /** whether products, plans and coupons that the file does not name are archived */
        archiveOthers?: "true" | "false";
      };
      body: {
        format: "plinth.catalogue/1";
        products?: ({
          key: string;
          name: string;
          description?: string | null;
          archived?: boolean;
        })[];
        features?: ({
          key: string;
          name: string;
          /** key of its product */
          product: string;
          type: "boolean" | "limit" | "metered";
          meter?: string | null;
        })[];
        families?: ({
          key: string;
          name: string;
          upgrade?: "now" | "period_end";
          downgrade?: "now" | "period_end";
        })[];
        plans?: ({
          key: string;
          name: string;
          /** key of its product */
          product: string;
          kind?: "plan" | "add_on";
          archived?: boolean;
          family?: {
            /** key of a plan family */
            key: string;
            /** a change to a higher rank is an upgrade */
            rank: number;
            /** keys of the plans of the family that a subscription may change to; null: all */
            changesTo?: string[] | null;
          } | null;
          /** keys of the plans that an add-on may be sold with; null: with any */
          addOnTo?: string[] | null;
          currency: string;
          /** further currencies in which the plan is sold */
          currencies?: string[];
          period: {
            unit: "day" | "week" | "month" | "year";
            count: number;
          };
          /** in their order; one evergreen phase when absent */
          phases?: ({
            key: string;
            kind: "trial" | "intro" | "evergreen";
            length: {
              unit: "day" | "week" | "month" | "year";
              count: number;
            } | null;
          })[];
          /** how parts of a period are measured; "day" when absent */
          prorationBasis?: "day" | "second";
          /** whether the prices contain the tax */
          taxInclusive?: boolean;
          /** least that a period costs before tax, main currency */
          minimumSpend?: string | null;
          /** the same in each further currency */
          minimumSpends?: Record<string, string>;
          /** most that a period costs before tax, main currency */
          maximumSpend?: string | null;
          /** the same in each further currency */
          maximumSpends?: Record<string, string>;
          prices: ({
            key: string;
            description: string;
            /** in the main currency of the plan */
            model: {
              model: "flat";
              amount: string;
              timing: "advance" | "arrears";
            } | {
              model: "per_unit";
              unitAmount: string;
              /** key of the meter; absent: the subscribed quantity (seats) */
              meter?: string;
              conversion?: {
                /** the raw quantity is divided by it, for example "1000000000" */
                divisor: string;
                rounding: "none" | "up" | "down" | "half_up";
                /** fraction digits kept when it is rounded */
                digits?: number;
              };
            } | {
              model: "graduated";
              tiers: ({
                upTo: string | null;
                /** major units, for example "0.0005" */
                unitAmount: string;
                /** charged on entry to the tier */
                flatAmount?: string;
              })[];
              /** whether the first tier's flat amount falls due without usage too */
              flatAtZero?: boolean;
              /** key of the meter; absent: the subscribed quantity (seats) */
              meter?: string;
              conversion?: {
                /** the raw quantity is divided by it, for example "1000000000" */
                divisor: string;
                rounding: "none" | "up" | "down" | "half_up";
                /** fraction digits kept when it is rounded */
                digits?: number;
              };
            } | {
              model: "volume";
              tiers: ({
                upTo: string | null;
                /** major units, for example "0.0005" */
                unitAmount: string;
                /** charged on entry to the tier */
                flatAmount?: string;
              })[];
              /** whether the first tier's flat amount falls due without usage too */
              flatAtZero?: boolean;
              /** key of the meter; absent: the subscribed quantity (seats) */
              meter?: string;
              conversion?: {
                /** the raw quantity is divided by it, for example "1000000000" */
                divisor: string;
                rounding: "none" | "up" | "down" | "half_up";
                /** fraction digits kept when it is rounded */
                digits?: number;
              };
            } | {
              model: "package";
              packageSize: string;
              packageAmount: string;
              freeUnits?: string;
              rounding?: "up" | "down";
              /** key of the meter; absent: the subscribed quantity (seats) */
              meter?: string;
              conversion?: {
                /** the raw quantity is divided by it, for example "1000000000" */
                divisor: string;
                rounding: "none" | "up" | "down" | "half_up";
                /** fraction digits kept when it is rounded */
                digits?: number;
              };
            } | {
              model: "percentage";
              /** percent of the metered amount */
              rate: string;
              /** part of the metered amount that costs nothing */
              freeUnits?: string;
              /** least that a period with chargeable usage costs */
              minimumAmount?: string;
              /** most that a period costs */
              maximumAmount?: string;
              /** key of the meter */
              meter: string;
              conversion?: {
                /** the raw quantity is divided by it, for example "1000000000" */
                divisor: string;
                rounding: "none" | "up" | "down" | "half_up";
                /** fraction digits kept when it is rounded */
                digits?: number;
              };
            } | {
              model: "graduated_percentage";
              tiers: ({
                upTo: string | null;
                /** percent, for example "2.9" */
                rate: string;
                /** charged on entry to the tier */
                flatAmount?: string;
              })[];
              /** key of the meter */
              meter: string;
              conversion?: {
                /** the raw quantity is divided by it, for example "1000000000" */
                divisor: string;
                rounding: "none" | "up" | "down" | "half_up";
                /** fraction digits kept when it is rounded */
                digits?: number;
              };
            } | {
              model: "matrix";
              /** properties by which the meter groups */
              dimensions: string[];
              cells: {
                /** a value for each dimension */
                values: Record<string, string>;
                unitAmount: string;
              }[];
              /** for values that no cell names */
              otherUnitAmount: string;
              /** key of the meter */
              meter: string;
              conversion?: {
                /** the raw quantity is divided by it, for example "1000000000" */
                divisor: string;
                rounding: "none" | "up" | "down" | "half_up";
                /** fraction digits kept when it is rounded */
                digits?: number;
              };
            } | {
              model: "bulk_commitment";
              /** committed units, paid for whether used or not */
              quantity: string;
              /** price of the committed units together */
              amount: string;
              /** price of each unit above them */
              overageUnitAmount: string;
              /** key of the meter */
              meter: string;
              conversion?: {
                /** the raw quantity is divided by it, for example "1000000000" */
                divisor: string;
                rounding: "none" | "up" | "down" | "half_up";
                /** fraction digits kept when it is rounded */
                digits?: number;
              };
            };
            /** a model for each further currency, with the same meter, dimensions and timing */
            models?: Record<string, {
              model: "flat";
              amount: string;
              timing: "advance" | "arrears";
            } | {
              model: "per_unit";
              unitAmount: string;
              /** key of the meter; absent: the subscribed quantity (seats) */
              meter?: string;
              conversion?: {
                /** the raw quantity is divided by it, for example "1000000000" */
                divisor: string;
                rounding: "none" | "up" | "down" | "half_up";
                /** fraction digits kept when it is rounded */
                digits?: number;
              };
            } | {
              model: "graduated";
              tiers: ({
                upTo: string | null;
                /** major units, for example "0.0005" */
                unitAmount: string;
                /** charged on entry to the tier */
                flatAmount?: string;
              })[];
              /** whether the first tier's flat amount falls due without usage too */
              flatAtZero?: boolean;
              /** key of the meter; absent: the subscribed quantity (seats) */
              meter?: string;
              conversion?: {
                /** the raw quantity is divided by it, for example "1000000000" */
                divisor: string;
                rounding: "none" | "up" | "down" | "half_up";
                /** fraction digits kept when it is rounded */
                digits?: number;
              };
            } | {
              model: "volume";
              tiers: ({
                upTo: string | null;
                /** major units, for example "0.0005" */
                unitAmount: string;
                /** charged on entry to the tier */
                flatAmount?: string;
              })[];
              /** whether the first tier's flat amount falls due without usage too */
              flatAtZero?: boolean;
              /** key of the meter; absent: the subscribed quantity (seats) */
              meter?: string;
              conversion?: {
                /** the raw quantity is divided by it, for example "1000000000" */
                divisor: string;
                rounding: "none" | "up" | "down" | "half_up";
                /** fraction digits kept when it is rounded */
                digits?: number;
              };
            } | {
              model: "package";
              packageSize: string;
              packageAmount: string;
              freeUnits?: string;
              rounding?: "up" | "down";
              /** key of the meter; absent: the subscribed quantity (seats) */
              meter?: string;
              conversion?: {
                /** the raw quantity is divided by it, for example "1000000000" */
                divisor: string;
                rounding: "none" | "up" | "down" | "half_up";
                /** fraction digits kept when it is rounded */
                digits?: number;
              };
            } | {
              model: "percentage";
              /** percent of the metered amount */
              rate: string;
              /** part of the metered amount that costs nothing */
              freeUnits?: string;
              /** least that a period with chargeable usage costs */
              minimumAmount?: string;
              /** most that a period costs */
              maximumAmount?: string;
              /** key of the meter */
              meter: string;
              conversion?: {
                /** the raw quantity is divided by it, for example "1000000000" */
                divisor: string;
                rounding: "none" | "up" | "down" | "half_up";
                /** fraction digits kept when it is rounded */
                digits?: number;
              };
            } | {
              model: "graduated_percentage";
              tiers: ({
                upTo: string | null;
                /** percent, for example "2.9" */
                rate: string;
                /** charged on entry to the tier */
                flatAmount?: string;
              })[];
              /** key of the meter */
              meter: string;
              conversion?: {
                /** the raw quantity is divided by it, for example "1000000000" */
                divisor: string;
                rounding: "none" | "up" | "down" | "half_up";
                /** fraction digits kept when it is rounded */
                digits?: number;
              };
            } | {
              model: "matrix";
              /** properties by which the meter groups */
              dimensions: string[];
              cells: {
                /** a value for each dimension */
                values: Record<string, string>;
                unitAmount: string;
              }[];
              /** for values that no cell names */
              otherUnitAmount: string;
              /** key of the meter */
              meter: string;
              conversion?: {
                /** the raw quantity is divided by it, for example "1000000000" */
                divisor: string;
                rounding: "none" | "up" | "down" | "half_up";
                /** fraction digits kept when it is rounded */
                digits?: number;
              };
            } | {
              model: "bulk_commitment";
              /** committed units, paid for whether used or not */
              quantity: string;
              /** price of the committed units together */
              amount: string;
              /** price of each unit above them */
              overageUnitAmount: string;
              /** key of the meter */
              meter: string;
              conversion?: {
                /** the raw quantity is divided by it, for example "1000000000" */
                divisor: string;
                rounding: "none" | "up" | "down" | "half_up";
                /** fraction digits kept when it is rounded */
                digits?: number;
              };
            }>;
            /** which tax rates apply; "standard" when absent */
            taxCategory?: string;
            /** keys of the phases that it belongs to; null or absent: all */
            phases?: string[] | null;
          })[];
          entitlements?: ({
            /** key of a feature of the same product */
            feature: string;
            /** true or false of a boolean feature, a decimal as text of a limit or a metered one */
            value: boolean | string;
            /** when a metered allowance begins anew; "period" when absent */
            reset?: "period" | "day" | "month" | "year" | "never" | null;
            /** most that is carried into the next allowance; null: nothing */
            rollOver?: string | null;
            /** whether more may be used; "deny" when absent */
            overage?: "allow" | "deny" | null;
            /** percent of the value that raise an alert */
            alertsAt?: number[];
          })[];
        })[];
        coupons?: ({
          code: string;
          name: string;
          discount: {
            kind: "percent";
            percent: string;
          } | {
            kind: "amount";
            amount: string;
            currency: string;
          };
          /** how many invoices it lowers; null: all */
          periods?: number | null;
          /** keys of the plans; null: every plan */
          plans?: string[] | null;
          /** keys of prices; null: every price */
          prices?: string[] | null;
          redeemableUntil?: string | null;
          maximumRedemptions?: number | null;
          oncePerAccount?: boolean;
          archived?: boolean;
        })[];
      };
    };
    response: {
      dryRun: boolean;
      results: ({
        resource: "product" | "feature" | "plan_family" | "plan" | "coupon";
        key: string;
        action: "created" | "updated" | "version_published" | "archived" | "unchanged";
        /** the newest version of a plan after the import */
        planVersion: number | null;
        /** what a published version says otherwise */
        changes: ({
          kind: "add_on_to_changed" | "currency_changed" | "currencies_changed" | "period_changed" | "phase_added" | "phase_removed" | "phase_changed" | "phase_order_changed" | "proration_basis_changed" | "tax_inclusion_changed" | "minimum_spend_changed" | "maximum_spend_changed" | "price_added" | "price_removed" | "price_changed" | "price_order_changed" | "entitlement_added" | "entitlement_removed" | "entitlement_changed" | "entitlement_order_changed";
          /** JSON Pointer in which prices, phases and entitlements stand under their keys */
          path: string;
          /** null: there was nothing */
          before: unknown;
          /** null: there is nothing */
          after: unknown;
        })[];
      })[];
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
  /** Begin to investigate; the caller becomes the assignee unless there is one */
  investigateDispute: {
    input: {
      params: {
        /** UUIDv7 */
        disputeId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      accountId: string;
      reason: "service_not_received" | "overcharged" | "charged_after_cancellation" | "duplicate" | "other";
      description: string;
      status: "open" | "investigating" | "resolved" | "rejected";
      assigneeId: string | null;
      currency: string;
      /** with tax */
      disputedMinor: string;
      invoices: {
        /** UUIDv7 */
        invoiceId: string;
        /** lines; empty: the whole invoice */
        positions: number[];
        disputedMinor: string;
      }[];
      evidenceFrom: string;
      evidenceTo: string;
      chargebackId: string | null;
      outcome: string | null;
      openedBy: string;
      version: number;
      createdAt: string;
      updatedAt: string;
      closedAt: string | null;
    };
  };
  /** Take back lines or an amount of a final invoice, with their tax */
  issueCreditNote: {
    input: {
      params: {
        /** UUIDv7 */
        invoiceId: string;
      };
      body: {
        reason: string;
        lines?: {
          position: number;
          /** without tax; all that is left of the line when absent */
          netMinor?: string;
        }[];
        /** an amount without tax, split over what is left of all lines */
        netMinor?: string;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** without gaps in the legal entity's credit notes */
      number: string;
      /** UUIDv7 */
      legalEntityId: string;
      legalEntityVersion: number;
      /** UUIDv7 */
      invoiceId: string;
      /** UUIDv7 */
      accountId: string;
      currency: string;
      reason: string;
      netMinor: string;
      taxMinor: string;
      totalMinor: string;
      /** what lowered the open amount of the invoice */
      settledMinor: string;
      /** what was given back of the rest */
      refundedMinor: string;
      /** what is still to be given back */
      refundableMinor: string;
      issuedAt: string;
      lines: ({
        /** of the line on the invoice */
        position: number;
        description: string;
        taxCategory: string;
        taxPercent: string | null;
        netMinor: string;
        taxMinor: string;
      })[];
    };
  };
  /** Leave an organization */
  leaveOrganization: {
    input: {
      params: {
        /** UUIDv7 */
        organizationId: string;
      };
    };
    response: undefined;
  };
  /** Begin to link an account at an identity provider: says where the browser goes */
  linkIdentity: {
    input: {
      body: {
        provider: string;
        /** a path of the platform; /security when absent */
        returnTo?: string;
        password?: string;
      };
    };
    response: {
      location: string;
    };
  };
  /** Say that a subject of an external issuer is this user */
  linkUserIdentity: {
    input: {
      params: {
        /** UUIDv7 */
        userId: string;
      };
      body: {
        issuer: string;
        subject: string;
      };
    };
    response: undefined;
  };
  /** List what enforcement points may ask about and the platform does not keep otherwise */
  listAccessEntities: {
    input: {
      params: {
        type: string;
      };
      query?: {
        limit?: number;
        cursor?: string;
      };
    };
    response: {
      data: ({
        type: string;
        id: string;
        userId: string | null;
        properties: Record<string, unknown>;
      })[];
      nextCursor: string | null;
    };
  };
  /** List the coupons that were redeemed for an account */
  listAccountCoupons: {
    input: {
      params: {
        /** UUIDv7 */
        accountId: string;
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        code: string;
        /** as it was redeemed */
        coupon: {
          /** UUIDv7 */
          couponId: string;
          code: string;
          name: string;
          discount: {
            kind: "percent";
            percent: string;
          } | {
            kind: "amount";
            amount: string;
            currency: string;
          };
          periods: number | null;
          plans: string[] | null;
          prices: string[] | null;
          redeemableUntil: string | null;
          maximumRedemptions: number | null;
          oncePerAccount: boolean;
          archived: boolean;
        };
        /** UUIDv7 */
        accountId: string;
        /** null: it lowers all invoices that the account pays */
        subscriptionId: string | null;
        redeemedAt: string;
        removedAt: string | null;
        /** invoices that it lowers so far */
        uses: number;
        /** invoices that it may still lower; null: any number */
        periodsLeft: number | null;
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
        /** only those for which this account pays directly */
        parentId?: string;
        /** only the one that is this tenant */
        customerTenantId?: string;
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
        parentId: string | null;
        customerTenantId: string | null;
        billing: {
          /** name on invoices; the account's when absent */
          name?: string;
          /** where invoices are sent */
          email?: string;
          address?: {
            line1: string;
            line2?: string;
            city: string;
            /** state, province or canton, as ISO 3166-2 without the country where there is a code */
            region?: string;
            postalCode?: string;
            country: string;
          };
          /** such as a VAT identification number, with its country prefix */
          taxId?: string;
          taxExempt?: boolean;
          /** BCP 47 tag of the language of invoices */
          language?: string;
          /** the customer's own reference: purchase order, cost centre, Leitweg-ID */
          reference?: string;
          paymentTermDays?: number;
          /** key of the legal entity that bills it */
          legalEntity?: string;
          invoicing?: "consolidated" | "per_subscription";
        };
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
        scopes: ("user:read" | "user:write" | "user:impersonate" | "user:disable" | "user:administer" | "invitation:read" | "invitation:write" | "group:read" | "group:write" | "role:read" | "role:write" | "service-account:read" | "service-account:write" | "identity-provider:read" | "identity-provider:write" | "client:read" | "client:write" | "policy:read" | "policy:write" | "webhook:read" | "webhook:write" | "scim:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "tenant:export" | "tenant:delete" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "account:link" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "coupon:read" | "coupon:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "legal-entity:read" | "legal-entity:write" | "credit-note:read" | "credit-note:write" | "payment:read" | "payment:write" | "payment:refund" | "dispute:read" | "dispute:write" | "dispute:approve" | "credit:read" | "credit:write" | "report:read" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "usage:backfill" | "usage:correct" | "quota:read" | "quota:write" | "audit:read")[];
        /** UUIDv7 */
        createdBy: string;
        createdAt: string;
        expiresAt: string | null;
        revokedAt: string | null;
        /** requests a minute in all, beside the limits of routes */
        rateLimit: number | null;
        rotatedAt: string | null;
        /** until when the secret before the last rotation counts */
        overlapUntil: string | null;
        lastUsedAt: string | null;
      })[];
      nextCursor: string | null;
    };
  };
  /** List who may give away how much without approval */
  listApprovalRules: {
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
        action: "refund" | "credit_note" | "write_off" | "void" | "adjustment" | "credit" | "coupon" | "recorded_payment";
        holder: string;
        currency: string;
        amountMinor: string | null;
        dayMinor: string | null;
        version: number;
        createdAt: string;
        updatedAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List what waits for approval, and what became of it, newest first */
  listApprovals: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
        status?: "pending" | "approved" | "executed" | "failed" | "rejected" | "canceled" | "expired";
        /** UUIDv7 */
        disputeId?: string;
        /** UUIDv7 */
        accountId?: string;
        requestedBy?: string;
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        action: "refund" | "credit_note" | "write_off" | "void" | "adjustment" | "credit" | "coupon" | "recorded_payment";
        /** UUIDv7 */
        accountId: string;
        disputeId: string | null;
        currency: string;
        /** null: what it comes to is not known beforehand, such as a percentage */
        amountMinor: string | null;
        reason: string;
        /** with which it is done once it is approved */
        input: Record<string, unknown>;
        /** approved: it is done at once, or by itself a little later; then it is executed or failed */
        status: "pending" | "approved" | "executed" | "failed" | "rejected" | "canceled" | "expired";
        requestedBy: string;
        requestedAt: string;
        expiresAt: string;
        decidedBy: string | null;
        decidedAt: string | null;
        decisionNote: string | null;
        executedAt: string | null;
        /** what came of it */
        result: {
          type: string;
          /** UUIDv7 */
          id: string;
        } | null;
        failure: {
          code: string;
          message: string;
        } | null;
        version: number;
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
  /** List what the days of a source brought, the latest first */
  listBackfillDays: {
    input: {
      params: {
        /** UUIDv7 */
        tenantId: string;
        /** UUIDv7 */
        sourceId: string;
      };
      query?: {
        limit?: number;
        cursor?: string;
      };
    };
    response: {
      data: {
        day: string;
        /** for which something was measured */
        accounts: number;
        measured: string;
        /** for which more was measured than metered */
        missingAccounts: number;
        /** what was filled in, unless it was before */
        missing: string;
        filledAt: string;
      }[];
      nextCursor: string | null;
    };
  };
  /** List the sources of back-filled usage */
  listBackfillSources: {
    input: {
      params: {
        /** UUIDv7 */
        tenantId: string;
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
        name: string;
        meter: string;
        selector: string;
        accountLabel: string;
        digits: number;
        properties: Record<string, string>;
        /** the next day (UTC) to fill */
        nextDay: string;
        lastError: string | null;
        createdAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List transfers that came in, newest first */
  listBankTransfers: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
        status?: "unmatched" | "matched" | "ignored";
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        bankAccount: string;
        /** what the bank calls it */
        bankReference: string;
        bookedOn: string;
        currency: string;
        amountMinor: string;
        payer: string | null;
        /** what the payer wrote */
        reference: string;
        status: "unmatched" | "matched" | "ignored";
        /** why it was not matched by itself */
        mismatch: "no_reference" | "several_invoices" | "not_open" | "currency_differs" | "amount_differs" | "payment_running" | null;
        paymentId: string | null;
        version: number;
        createdAt: string;
        updatedAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List chargebacks, newest first */
  listChargebacks: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
        /** UUIDv7 */
        paymentId?: string;
        status?: "inquiry" | "needs_response" | "under_review" | "won" | "lost";
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        paymentId: string;
        /** UUIDv7 */
        gatewayAccountId: string;
        gatewayDisputeId: string;
        amountMinor: string;
        /** the bank's reason, in the gateway's words */
        reason: string;
        /** inquiry: the bank asks and has taken nothing */
        status: "inquiry" | "needs_response" | "under_review" | "won" | "lost";
        /** whether the money is with the customer at the moment */
        withdrawn: boolean;
        taken: ({
          invoiceId: string | null;
          amountMinor: string;
        })[];
        evidenceDueBy: string | null;
        version: number;
        createdAt: string;
        updatedAt: string;
        closedAt: string | null;
      })[];
      nextCursor: string | null;
    };
  };
  /** List what was charged once, newest first */
  listCharges: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
        /** UUIDv7 */
        accountId?: string;
        pending?: string;
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        accountId: string;
        currency: string;
        description: string;
        quantity: string;
        unitAmount: string;
        amountMinor: string;
        taxCategory: string;
        taxInclusive: boolean;
        /** the invoice that it is on; null while it waits for one */
        invoiceId: string | null;
        createdAt: string;
        canceledAt: string | null;
      })[];
      nextCursor: string | null;
    };
  };
  /** List the applications that sign people in through the platform */
  listClients: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
      };
    };
    response: {
      data: ({
        /** the client_id */
        id: string;
        /** only administered ones change through the API */
        origin: "built-in" | "declared" | "administered";
        name: string;
        /** has a secret */
        confidential: boolean;
        /** an application on a device */
        native: boolean;
        /** the operator's own: nobody is asked for consent */
        firstParty: boolean;
        /** its tokens may do all that their user may, unless it asks for less */
        actsAsUser: boolean;
        grantTypes: ("authorization_code" | "refresh_token" | "client_credentials" | "device_code")[];
        /** compared letter by letter */
        redirectUris: string[];
        postLogoutRedirectUris: string[];
        /** told when a session ends */
        backchannelLogoutUri: string | null;
        /** what it may ask for in scope */
        permissions: ("user:read" | "user:write" | "user:impersonate" | "user:disable" | "user:administer" | "invitation:read" | "invitation:write" | "group:read" | "group:write" | "role:read" | "role:write" | "service-account:read" | "service-account:write" | "identity-provider:read" | "identity-provider:write" | "client:read" | "client:write" | "policy:read" | "policy:write" | "webhook:read" | "webhook:write" | "scim:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "tenant:export" | "tenant:delete" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "account:link" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "coupon:read" | "coupon:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "legal-entity:read" | "legal-entity:write" | "credit-note:read" | "credit-note:write" | "payment:read" | "payment:write" | "payment:refund" | "dispute:read" | "dispute:write" | "dispute:approve" | "credit:read" | "credit:write" | "report:read" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "usage:backfill" | "usage:correct" | "quota:read" | "quota:write" | "audit:read")[];
        logoUri: string | null;
        homeUri: string | null;
        version: number;
        createdAt: string;
        updatedAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List what the caller has agreed to for applications */
  listConsents: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
      };
    };
    response: {
      data: {
        client: {
          id: string;
          name: string;
        };
        scopes: string[];
        grantedAt: string;
      }[];
      nextCursor: string | null;
    };
  };
  /** List coupons, all or the one with a code */
  listCoupons: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
        code?: string;
      };
    };
    response: {
      data: ({
        code: string;
        name: string;
        discount: {
          kind: "percent";
          percent: string;
        } | {
          kind: "amount";
          amount: string;
          currency: string;
        };
        periods: number | null;
        plans: string[] | null;
        prices: string[] | null;
        redeemableUntil: string | null;
        maximumRedemptions: number | null;
        oncePerAccount: boolean;
        archived: boolean;
        /** UUIDv7 */
        id: string;
        version: number;
        createdAt: string;
        updatedAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List every change of credit, newest first */
  listCreditEntries: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
        /** UUIDv7 */
        accountId?: string;
        currency?: string;
        /** UUIDv7 */
        grantId?: string;
        /** UUIDv7 */
        invoiceId?: string;
        kind?: "grant" | "use" | "return" | "expiry" | "void" | "refund";
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        walletId: string;
        /** UUIDv7 */
        grantId: string;
        /** UUIDv7 */
        accountId: string;
        currency: string;
        kind: "grant" | "use" | "return" | "expiry" | "void" | "refund";
        /** negative where it lowers the balance */
        amountMinor: string;
        invoiceId: string | null;
        reason: string | null;
        createdAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List grants of credit, newest first */
  listCreditGrants: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
        /** UUIDv7 */
        accountId?: string;
        currency?: string;
        kind?: "paid" | "promotional";
        /** those of which something remains, or all others */
        remaining?: string;
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        walletId: string;
        /** UUIDv7 */
        accountId: string;
        currency: string;
        /** whose invoices it pays */
        legalEntityId: string;
        kind: "paid" | "promotional";
        amountMinor: string;
        remainingMinor: string;
        /** the lowest is used first */
        priority: number;
        /** from this instant on it pays nothing; null: never */
        expiresAt: string | null;
        reason: string;
        source: {
          type: "promotion" | "payment" | "credit_note";
          /** of the payment or the credit note; the grant's own for a promotion */
          id: string;
        };
        voidedAt: string | null;
        createdAt: string;
        updatedAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List credit notes, newest first */
  listCreditNotes: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
        /** UUIDv7 */
        invoiceId?: string;
        /** UUIDv7 */
        accountId?: string;
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        /** without gaps in the legal entity's credit notes */
        number: string;
        /** UUIDv7 */
        legalEntityId: string;
        legalEntityVersion: number;
        /** UUIDv7 */
        invoiceId: string;
        /** UUIDv7 */
        accountId: string;
        currency: string;
        reason: string;
        netMinor: string;
        taxMinor: string;
        totalMinor: string;
        /** what lowered the open amount of the invoice */
        settledMinor: string;
        /** what was given back of the rest */
        refundedMinor: string;
        /** what is still to be given back */
        refundableMinor: string;
        issuedAt: string;
        lines: ({
          /** of the line on the invoice */
          position: number;
          description: string;
          taxCategory: string;
          taxPercent: string | null;
          netMinor: string;
          taxMinor: string;
        })[];
      })[];
      nextCursor: string | null;
    };
  };
  /** List what was decided about access in the last thirty days, the newest first */
  listDecisions: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
        subjectId?: string;
        permission?: string;
        resourceType?: string;
        resourceId?: string;
        source?: "authzen" | "explain" | "check";
        allowed?: "true" | "false";
        from?: string;
        to?: string;
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        time: string;
        /** authzen: asked by an enforcement point; check: a caller about themselves, denied */
        source: "authzen" | "explain" | "check";
        askedBy: string;
        subject: {
          type: string;
          id: string;
        };
        permission: string;
        resource: {
          type: string;
          id: string | null;
        };
        allowed: boolean;
        /** the assignment that allowed it, or what is missing */
        reason: {
          code: string;
        } & Record<string, unknown>;
      })[];
      nextCursor: string | null;
    };
  };
  /** List what happened to a dispute, oldest first: notes, changes, actions and approvals */
  listDisputeTimeline: {
    input: {
      params: {
        /** UUIDv7 */
        disputeId: string;
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
        kind: "opened" | "note" | "investigating" | "assigned" | "chargeback_linked" | "resolved" | "rejected" | "action" | "approval";
        /** of an action that was approved: who approved it */
        actorId: string;
        content: Record<string, unknown>;
        happenedAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List disputes, newest first */
  listDisputes: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
        /** UUIDv7 */
        accountId?: string;
        /** UUIDv7 */
        invoiceId?: string;
        assigneeId?: string;
        status?: "open" | "investigating" | "resolved" | "rejected";
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        accountId: string;
        reason: "service_not_received" | "overcharged" | "charged_after_cancellation" | "duplicate" | "other";
        description: string;
        status: "open" | "investigating" | "resolved" | "rejected";
        assigneeId: string | null;
        currency: string;
        /** with tax */
        disputedMinor: string;
        invoices: {
          /** UUIDv7 */
          invoiceId: string;
          /** lines; empty: the whole invoice */
          positions: number[];
          disputedMinor: string;
        }[];
        evidenceFrom: string;
        evidenceTo: string;
        chargebackId: string | null;
        outcome: string | null;
        openedBy: string;
        version: number;
        createdAt: string;
        updatedAt: string;
        closedAt: string | null;
      })[];
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
  /** List what happens to unpaid invoices */
  listDunningPolicies: {
    input: {};
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        legalEntityId: string | null;
        steps: ({
          key: string;
          /** whole days after the due date, in the zone of the invoice */
          afterDays: number;
          /** whether the payment method is charged again */
          retry: boolean;
          /** text that is mailed: first, second, last, or any other name for a plain reminder; null: none */
          notice: string | null;
          action: "none" | "write_off" | "pause_subscriptions" | "cancel_subscriptions";
        })[];
        version: number;
        createdAt: string;
        updatedAt: string;
      })[];
      /** what holds where nothing is set */
      defaultSteps: ({
        key: string;
        /** whole days after the due date, in the zone of the invoice */
        afterDays: number;
        /** whether the payment method is charged again */
        retry: boolean;
        /** text that is mailed: first, second, last, or any other name for a plain reminder; null: none */
        notice: string | null;
        action: "none" | "write_off" | "pause_subscriptions" | "cancel_subscriptions";
      })[];
    };
  };
  /** List the email domains of the tenant */
  listEmailDomains: {
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
        domain: string;
        verifiedAt: string | null;
        /** the role with which people with a confirmed address of the domain join by themselves; null: they do not */
        autoJoinRole: string | null;
        /** the TXT record that proves the domain */
        record: {
          name: string;
          value: string;
        };
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
  /** List the tenant's accounts at payment gateways */
  listGatewayAccounts: {
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
        gateway: "stripe";
        name: string;
        legalEntityId: string | null;
        publishableKey: string | null;
        hasWebhookSecret: boolean;
        enabled: boolean;
        version: number;
        createdAt: string;
        updatedAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List the members of a group */
  listGroupMembers: {
    input: {
      params: {
        /** UUIDv7 */
        groupId: string;
      };
      query?: {
        limit?: number;
        cursor?: string;
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        userId: string;
        name: string;
        /** for callers with user:read */
        email: string | null;
        addedAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List the groups of the tenant */
  listGroups: {
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
        description: string | null;
        /** scim: kept by the tenant's directory */
        source: "local" | "scim";
        externalId: string | null;
        version: number;
        createdAt: string;
        updatedAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List the caller's accounts at other identity providers, the oldest first */
  listIdentities: {
    input: {};
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        providerId: string | null;
        /** null when the provider is no more */
        title: string | null;
        kind: string | null;
        /** what the provider said last */
        email: string | null;
        createdAt: string;
        lastUsedAt: string | null;
      })[];
    };
  };
  /** List the identity providers that people may sign in by */
  listIdentityProviders: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
        /** the tenant's own providers, or those of the whole platform, which its administrators alone see */
        realm?: "tenant" | "platform";
      };
    };
    response: {
      data: ({
        id: string;
        realm: "tenant" | "platform";
        /** declared ones change in their file alone */
        origin: "administered" | "declared";
        /** what its button says */
        title: string;
        enabled: boolean;
        /** whether people whom nobody knows here become users; platform: where anybody may sign up */
        signUp: "never" | "platform" | "always";
        /** only addresses of these domains; none: any */
        allowedDomains: string[];
        /** people with an address of the tenant's verified domains are sent there */
        homeRealm: boolean;
        /** it answers for the addresses it names without saying that they are verified; of a tenant's, in its domains */
        trustEmail: boolean;
        /** what it says of a second factor counts here */
        trustMultiFactor: boolean;
        /** who signs in by it becomes a member with this role of the tenant's */
        joinRole: string | null;
        /** as they were sent, without the secret */
        settings: Record<string, unknown>;
        secretSet: boolean;
        /** to be registered with the provider; for SAML the assertion consumer service */
        callbackUrl: string;
        /** of our side, for SAML; its address is our entity id */
        metadataUrl: string | null;
        version: number;
        createdAt: string;
        updatedAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List the invitations of the tenant */
  listInvitations: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
        status?: "open" | "accepted" | "revoked" | "expired";
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        email: string;
        roles: string[];
        status: "open" | "accepted" | "revoked" | "expired";
        /** UUIDv7 */
        invitedBy: string;
        createdAt: string;
        /** when the last mail was sent */
        sentAt: string;
        expiresAt: string;
        acceptedAt: string | null;
        acceptedBy: string | null;
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
        /** subscription/phase/price/plan version/period/kind/sequence: the same whenever it is billed */
        key: string;
        kind: "recurring" | "usage" | "adjustment" | "minimum" | "maximum" | "one_off";
        description: string;
        /** who used or ordered it */
        accountId: string;
        subscriptionId: string | null;
        planId: string | null;
        planVersion: number | null;
        priceId: string | null;
        priceKey: string | null;
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
        discountMinor: string;
        /** whether the amount contains the tax */
        taxInclusive: boolean;
        discounts: {
          /** UUIDv7 */
          couponId: string;
          code: string;
          amountMinor: string;
          /** absent where the coupon takes off an amount */
          percent?: string;
        }[];
        taxCategory: string;
        taxPercent: string | null;
        taxMinor: string;
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
        status?: "draft" | "finalized" | "past_due" | "paid" | "void" | "written_off";
        currency?: string;
        /** UUIDv7 */
        legalEntityId?: string;
        /** final ones with something left to pay, or all others */
        due?: string;
        /** what is left to pay and was due before this date */
        overdueOn?: string;
        /** -total compares smallest units: name a currency with it */
        sort?: "-billedAt" | "-total";
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        /** without gaps in the legal entity; null for a draft */
        number: string | null;
        /** who issues it; the tenant's id names the default one */
        legalEntityId: string;
        /** what was said of the legal entity when it was issued */
        legalEntityVersion: number;
        /** who pays it */
        accountId: string;
        /** the only subscription on it; null when there are several or none */
        subscriptionId: string | null;
        reason: "period" | "threshold" | "one_off";
        billedAt: string;
        currency: string;
        timeZone: string;
        status: "draft" | "finalized" | "past_due" | "paid" | "void" | "written_off";
        customer: {
          key: string;
          name: string;
          email: string | null;
          billing: {
            /** name on invoices; the account's when absent */
            name?: string;
            /** where invoices are sent */
            email?: string;
            address?: {
              line1: string;
              line2?: string;
              city: string;
              /** state, province or canton, as ISO 3166-2 without the country where there is a code */
              region?: string;
              postalCode?: string;
              country: string;
            };
            /** such as a VAT identification number, with its country prefix */
            taxId?: string;
            taxExempt?: boolean;
            /** BCP 47 tag of the language of invoices */
            language?: string;
            /** the customer's own reference: purchase order, cost centre, Leitweg-ID */
            reference?: string;
            paymentTermDays?: number;
            /** key of the legal entity that bills it */
            legalEntity?: string;
            invoicing?: "consolidated" | "per_subscription";
          };
        };
        /** sum of the rounded lines, in the smallest unit */
        subtotalMinor: string;
        discountMinor: string;
        taxMinor: string;
        taxes: ({
          category: string;
          percent: string;
          label: string;
          reverseCharge: boolean;
          /** why it is 0 % */
          zeroReason?: "zero_rated" | "exempt" | "reverse_charge" | "out_of_scope" | "export" | "intra_community";
          taxableMinor: string;
          taxMinor: string;
        })[];
        totalMinor: string;
        dueOn: string | null;
        /** when a draft is finalized by itself; null: when somebody finalizes it */
        reviewUntil: string | null;
        /** how far a draft is worked out: discounts and tax are missing, tax is missing, all is there */
        calculation: "pending" | "untaxed" | "done";
        /** paid from prepaid credit; negative: what was overpaid became credit */
        creditsMinor: string;
        paidMinor: string;
        /** taken back by credit notes */
        creditedMinor: string;
        writtenOffMinor: string;
        /** still to be paid */
        dueMinor: string;
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
  /** List what is mirrored to Kill Bill, and what is not and why */
  listKillBillSubscriptions: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
        /** UUIDv7 */
        accountId?: string;
        /** true: only what is not mirrored */
        problemsOnly?: "true" | "false";
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        subscriptionId: string;
        /** "base", or the id of an add-on */
        track: string;
        /** UUIDv7 */
        accountId: string;
        /** of the subscription at Kill Bill */
        killBillId: string | null;
        steps: ({
          kind: "create" | "change" | "cancel";
          on: string;
          /** in Kill Bill's catalogue */
          plan: string | null;
        })[];
        nextStepAt: string | null;
        problem: string | null;
      })[];
      nextCursor: string | null;
    };
  };
  /** List those who issue invoices, the default one too */
  listLegalEntities: {
    input: {};
    response: {
      data: ({
        key: string;
        /** empty for the default one before it is set */
        name: string;
        address: {
          line1: string;
          line2?: string;
          city: string;
          /** state, province or canton, as ISO 3166-2 without the country where there is a code */
          region?: string;
          postalCode?: string;
          country: string;
        } | null;
        /** such as a VAT identification number */
        taxId: string | null;
        /** register and number, as printed */
        registration: string | null;
        email: string | null;
        /** of the contact that e-invoices name */
        phone: string | null;
        bank: {
          holder: string;
          iban: string;
          bic: string | null;
          bankName: string | null;
        } | null;
        /** text at the foot of documents by language tag */
        footer: Record<string, string>;
        /** stands before the numbers of invoices from now on */
        invoicePrefix: string;
        creditNotePrefix: string;
        /** whether tax is rounded on each line, or once for each rate from the sum */
        taxRounding: "line" | "total";
        /** where taxes come from: the table of rates, or the configured tax service */
        taxProvider: "rates" | "external";
        /** countries of one tax union with the entity, itself among them: businesses elsewhere in it owe the tax themselves */
        taxUnion: string[];
        paymentTermDays: number;
        /** how long drafts wait before they are finalized by themselves */
        reviewHours: number;
        /** UUIDv7 */
        id: string;
        /** 0 for the default one before it is set */
        version: number;
        createdAt: string | null;
        updatedAt: string | null;
      })[];
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
        /** weighted_sum: each value times the hours until the next one, in unit-hours; percentile: by nearest rank */
        aggregation: "count" | "sum" | "max" | "min" | "last" | "unique_count" | "weighted_sum" | "percentile";
        valueProperty: string | null;
        percentile: string | null;
        /** conditions on the data, compared as text; all must hold */
        filters: ({
          property: string;
          operator: "equals" | "not_equals" | "in";
          values: string[];
        })[];
        /** properties of the event's data by which usage can be grouped */
        dimensions: string[];
        unit: string | null;
        archived: boolean;
        version: number;
        /** number of the definition by which the meter answers */
        revision: number;
        createdAt: string;
        updatedAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List what customers are mailed about */
  listNoticeSettings: {
    input: {};
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        legalEntityId: string | null;
        kinds: ("invoice_issued" | "payment_succeeded" | "payment_failed" | "dunning" | "card_expiring")[];
        version: number;
        createdAt: string;
        updatedAt: string;
      })[];
      /** what holds where nothing is set */
      defaultKinds: ("invoice_issued" | "payment_succeeded" | "payment_failed" | "dunning" | "card_expiring")[];
      /** whether this platform has a mail server; without one nobody is mailed */
      enabled: boolean;
    };
  };
  /** List mails to customers about invoices and payments, newest first */
  listNotices: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
        /** UUIDv7 */
        accountId?: string;
        /** UUIDv7 */
        invoiceId?: string;
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        kind: "invoice_issued" | "payment_succeeded" | "payment_failed" | "dunning" | "card_expiring";
        /** UUIDv7 */
        accountId: string;
        invoiceId: string | null;
        /** unknown: nobody knows whether it went out, and it is not sent again */
        status: "pending" | "sending" | "sent" | "skipped" | "refused" | "unknown";
        /** why it was not sent */
        reason: string | null;
        recipient: string | null;
        language: string | null;
        subject: string | null;
        createdAt: string;
        /** when the mail server took it */
        sentAt: string | null;
      })[];
      nextCursor: string | null;
    };
  };
  /** List who belongs to an organization and who owns it */
  listOrganizationMembers: {
    input: {
      params: {
        /** UUIDv7 */
        organizationId: string;
      };
      query?: {
        limit?: number;
        cursor?: string;
      };
    };
    response: {
      data: {
        userId: string;
        isOwner: boolean;
        createdAt: string;
      }[];
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
  /** List the caller's passkeys, the oldest first */
  listPasskeys: {
    input: {};
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        name: string;
        /** whether it is kept on several devices */
        backedUp: boolean;
        createdAt: string;
        lastUsedAt: string | null;
      })[];
    };
  };
  /** List what accounts can be charged by */
  listPaymentMethods: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
        /** UUIDv7 */
        accountId?: string;
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        accountId: string;
        /** UUIDv7 */
        gatewayAccountId: string;
        gatewayMethodId: string;
        type: string;
        brand: string | null;
        last4: string | null;
        expiryMonth: number | null;
        expiryYear: number | null;
        isDefault: boolean;
        /** declined: not charged by itself until it is made the default again */
        status: "active" | "declined" | "removed";
        declineCode: string | null;
        version: number;
        createdAt: string;
        updatedAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List payments and attempts, newest first */
  listPayments: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
        /** UUIDv7 */
        accountId?: string;
        /** UUIDv7 */
        invoiceId?: string;
        status?: "pending" | "requires_action" | "unknown" | "succeeded" | "failed";
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        legalEntityId: string;
        /** UUIDv7 */
        accountId: string;
        /** what it was made for; null for money that came without an invoice */
        invoiceId: string | null;
        gateway: "stripe" | "manual" | "bank_transfer";
        gatewayAccountId: string | null;
        paymentMethodId: string | null;
        gatewayPaymentId: string | null;
        currency: string;
        amountMinor: string;
        /** what of it settles invoices */
        appliedMinor: string;
        /** what was received and settles nothing yet */
        unappliedMinor: string;
        refundedMinor: string;
        chargedBackMinor: string;
        /** what was turned into prepaid credit */
        grantedMinor: string;
        refundableMinor: string;
        /** unknown: the gateway did not answer; it is asked until it does, and never charged twice */
        status: "pending" | "requires_action" | "unknown" | "succeeded" | "failed";
        cause: "request" | "automatic" | "recorded";
        failure: {
          /** hard: the payment method is not charged again; authentication: the customer has to be present */
          kind: "hard" | "soft" | "authentication" | "temporary" | "refused" | "canceled";
          code: string;
          message: string;
        } | null;
        /** what the customer has to do, for the gateway's code in their browser */
        nextAction: {
          clientSecret: string | null;
          url: string | null;
        } | null;
        reference: string | null;
        note: string | null;
        receivedOn: string | null;
        version: number;
        createdAt: string;
        updatedAt: string;
        succeededAt: string | null;
      })[];
      nextCursor: string | null;
    };
  };
  /** List every permission of the platform and of the tenant's applications */
  listPermissions: {
    input: {};
    response: {
      data: string[];
      nextCursor: null;
    };
  };
  /** List plan families */
  listPlanFamilies: {
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
        /** when a change to a plan of higher rank takes effect */
        upgrade: "now" | "period_end";
        /** when a change to a plan of lower rank takes effect */
        downgrade: "now" | "period_end";
        version: number;
        createdAt: string;
        updatedAt: string;
      })[];
      nextCursor: string | null;
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
        kind: "plan" | "add_on";
        family: {
          key: string;
          rank: number;
          upgrade: "now" | "period_end";
          downgrade: "now" | "period_end";
          changesTo: string[] | null;
        } | null;
        archived: boolean;
        planVersion: number;
        addOnTo: string[] | null;
        currency: string;
        currencies: string[];
        period: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
        phases: ({
          key: string;
          kind: "trial" | "intro" | "evergreen";
          length: {
            unit: "day" | "week" | "month" | "year";
            count: number;
          } | null;
        })[];
        prorationBasis: "day" | "second";
        taxInclusive: boolean;
        minimumSpend: string | null;
        minimumSpends: Record<string, string>;
        maximumSpend: string | null;
        maximumSpends: Record<string, string>;
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
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "graduated";
            tiers: ({
              upTo: string | null;
              /** major units, for example "0.0005" */
              unitAmount: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** whether the first tier's flat amount falls due without usage too */
            flatAtZero?: boolean;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "volume";
            tiers: ({
              upTo: string | null;
              /** major units, for example "0.0005" */
              unitAmount: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** whether the first tier's flat amount falls due without usage too */
            flatAtZero?: boolean;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "package";
            packageSize: string;
            packageAmount: string;
            freeUnits?: string;
            rounding?: "up" | "down";
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "percentage";
            /** percent of the metered amount */
            rate: string;
            /** part of the metered amount that costs nothing */
            freeUnits?: string;
            /** least that a period with chargeable usage costs */
            minimumAmount?: string;
            /** most that a period costs */
            maximumAmount?: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "graduated_percentage";
            tiers: ({
              upTo: string | null;
              /** percent, for example "2.9" */
              rate: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "matrix";
            /** properties by which the meter groups */
            dimensions: string[];
            cells: {
              /** a value for each dimension */
              values: Record<string, string>;
              unitAmount: string;
            }[];
            /** for values that no cell names */
            otherUnitAmount: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "bulk_commitment";
            /** committed units, paid for whether used or not */
            quantity: string;
            /** price of the committed units together */
            amount: string;
            /** price of each unit above them */
            overageUnitAmount: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          };
          /** which tax rates apply to it */
          taxCategory: string;
          /** keys of the plan's phases that it belongs to; null: to all */
          phases: string[] | null;
          models: Record<string, {
            model: "flat";
            amount: string;
            timing: "advance" | "arrears";
          } | {
            model: "per_unit";
            unitAmount: string;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "graduated";
            tiers: ({
              upTo: string | null;
              /** major units, for example "0.0005" */
              unitAmount: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** whether the first tier's flat amount falls due without usage too */
            flatAtZero?: boolean;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "volume";
            tiers: ({
              upTo: string | null;
              /** major units, for example "0.0005" */
              unitAmount: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** whether the first tier's flat amount falls due without usage too */
            flatAtZero?: boolean;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "package";
            packageSize: string;
            packageAmount: string;
            freeUnits?: string;
            rounding?: "up" | "down";
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "percentage";
            /** percent of the metered amount */
            rate: string;
            /** part of the metered amount that costs nothing */
            freeUnits?: string;
            /** least that a period with chargeable usage costs */
            minimumAmount?: string;
            /** most that a period costs */
            maximumAmount?: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "graduated_percentage";
            tiers: ({
              upTo: string | null;
              /** percent, for example "2.9" */
              rate: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "matrix";
            /** properties by which the meter groups */
            dimensions: string[];
            cells: {
              /** a value for each dimension */
              values: Record<string, string>;
              unitAmount: string;
            }[];
            /** for values that no cell names */
            otherUnitAmount: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "bulk_commitment";
            /** committed units, paid for whether used or not */
            quantity: string;
            /** price of the committed units together */
            amount: string;
            /** price of each unit above them */
            overageUnitAmount: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          }>;
        })[];
        entitlements: ({
          /** key of the feature */
          feature: string;
          type: "boolean" | "limit" | "metered";
          /** true or false of a boolean feature, a decimal of the others */
          value: boolean | string;
          /** key of the meter of a metered feature */
          meter: string | null;
          /** of a metered feature */
          reset: "period" | "day" | "month" | "year" | "never" | null;
          /** most that is carried into the next allowance; null: nothing */
          rollOver: string | null;
          /** whether more than the value may be used */
          overage: "allow" | "deny" | null;
          /** percent of the value at which an alert is raised */
          alertsAt: number[];
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
        kind: "plan" | "add_on";
        family: {
          key: string;
          rank: number;
          upgrade: "now" | "period_end";
          downgrade: "now" | "period_end";
          changesTo: string[] | null;
        } | null;
        archived: boolean;
        planVersion: number;
        addOnTo: string[] | null;
        currency: string;
        currencies: string[];
        period: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
        phases: ({
          key: string;
          kind: "trial" | "intro" | "evergreen";
          length: {
            unit: "day" | "week" | "month" | "year";
            count: number;
          } | null;
        })[];
        prorationBasis: "day" | "second";
        taxInclusive: boolean;
        minimumSpend: string | null;
        minimumSpends: Record<string, string>;
        maximumSpend: string | null;
        maximumSpends: Record<string, string>;
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
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "graduated";
            tiers: ({
              upTo: string | null;
              /** major units, for example "0.0005" */
              unitAmount: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** whether the first tier's flat amount falls due without usage too */
            flatAtZero?: boolean;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "volume";
            tiers: ({
              upTo: string | null;
              /** major units, for example "0.0005" */
              unitAmount: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** whether the first tier's flat amount falls due without usage too */
            flatAtZero?: boolean;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "package";
            packageSize: string;
            packageAmount: string;
            freeUnits?: string;
            rounding?: "up" | "down";
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "percentage";
            /** percent of the metered amount */
            rate: string;
            /** part of the metered amount that costs nothing */
            freeUnits?: string;
            /** least that a period with chargeable usage costs */
            minimumAmount?: string;
            /** most that a period costs */
            maximumAmount?: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "graduated_percentage";
            tiers: ({
              upTo: string | null;
              /** percent, for example "2.9" */
              rate: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "matrix";
            /** properties by which the meter groups */
            dimensions: string[];
            cells: {
              /** a value for each dimension */
              values: Record<string, string>;
              unitAmount: string;
            }[];
            /** for values that no cell names */
            otherUnitAmount: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "bulk_commitment";
            /** committed units, paid for whether used or not */
            quantity: string;
            /** price of the committed units together */
            amount: string;
            /** price of each unit above them */
            overageUnitAmount: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          };
          /** which tax rates apply to it */
          taxCategory: string;
          /** keys of the plan's phases that it belongs to; null: to all */
          phases: string[] | null;
          models: Record<string, {
            model: "flat";
            amount: string;
            timing: "advance" | "arrears";
          } | {
            model: "per_unit";
            unitAmount: string;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "graduated";
            tiers: ({
              upTo: string | null;
              /** major units, for example "0.0005" */
              unitAmount: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** whether the first tier's flat amount falls due without usage too */
            flatAtZero?: boolean;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "volume";
            tiers: ({
              upTo: string | null;
              /** major units, for example "0.0005" */
              unitAmount: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** whether the first tier's flat amount falls due without usage too */
            flatAtZero?: boolean;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "package";
            packageSize: string;
            packageAmount: string;
            freeUnits?: string;
            rounding?: "up" | "down";
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "percentage";
            /** percent of the metered amount */
            rate: string;
            /** part of the metered amount that costs nothing */
            freeUnits?: string;
            /** least that a period with chargeable usage costs */
            minimumAmount?: string;
            /** most that a period costs */
            maximumAmount?: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "graduated_percentage";
            tiers: ({
              upTo: string | null;
              /** percent, for example "2.9" */
              rate: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "matrix";
            /** properties by which the meter groups */
            dimensions: string[];
            cells: {
              /** a value for each dimension */
              values: Record<string, string>;
              unitAmount: string;
            }[];
            /** for values that no cell names */
            otherUnitAmount: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "bulk_commitment";
            /** committed units, paid for whether used or not */
            quantity: string;
            /** price of the committed units together */
            amount: string;
            /** price of each unit above them */
            overageUnitAmount: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          }>;
        })[];
        entitlements: ({
          /** key of the feature */
          feature: string;
          type: "boolean" | "limit" | "metered";
          /** true or false of a boolean feature, a decimal of the others */
          value: boolean | string;
          /** key of the meter of a metered feature */
          meter: string | null;
          /** of a metered feature */
          reset: "period" | "day" | "month" | "year" | "never" | null;
          /** most that is carried into the next allowance; null: nothing */
          rollOver: string | null;
          /** whether more than the value may be used */
          overage: "allow" | "deny" | null;
          /** percent of the value at which an alert is raised */
          alertsAt: number[];
        })[];
        version: number;
        createdAt: string;
        updatedAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List who has which role on the whole platform */
  listPlatformRoleAssignments: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
        /** UUIDv7 */
        userId?: string;
        role?: string;
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        userId: string | null;
        groupId: string | null;
        serviceAccountId: string | null;
        /** of the user, for callers with user:read */
        email: string | null;
        /** of the user or group */
        name: string | null;
        role: string;
        /** null: built in */
        roleId: string | null;
        /** null: the whole tenant; a division: it and everything below it */
        scope: {
          /** UUIDv7 */
          organizationId: string;
        } | {
          /** UUIDv7 */
          divisionId: string;
        } | null;
        createdAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List the roles of the whole platform */
  listPlatformRoles: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
      };
    };
    response: {
      data: ({
        /** null: built in */
        id: string | null;
        name: string;
        title: string;
        description: string | null;
        permissions: string[];
        /** permissions that count only where all their conditions hold */
        conditional: ({
          permission: string;
          conditions: ({
            attribute: string;
            operator: "equals" | "not_equals";
            value?: string | number | boolean;
            otherAttribute?: string;
          })[];
        })[];
        version: number;
        createdAt: string | null;
        updatedAt: string | null;
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
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "graduated";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** whether the first tier's flat amount falls due without usage too */
          flatAtZero?: boolean;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "volume";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** whether the first tier's flat amount falls due without usage too */
          flatAtZero?: boolean;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "package";
          packageSize: string;
          packageAmount: string;
          freeUnits?: string;
          rounding?: "up" | "down";
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "percentage";
          /** percent of the metered amount */
          rate: string;
          /** part of the metered amount that costs nothing */
          freeUnits?: string;
          /** least that a period with chargeable usage costs */
          minimumAmount?: string;
          /** most that a period costs */
          maximumAmount?: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "graduated_percentage";
          tiers: ({
            upTo: string | null;
            /** percent, for example "2.9" */
            rate: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "matrix";
          /** properties by which the meter groups */
          dimensions: string[];
          cells: {
            /** a value for each dimension */
            values: Record<string, string>;
            unitAmount: string;
          }[];
          /** for values that no cell names */
          otherUnitAmount: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "bulk_commitment";
          /** committed units, paid for whether used or not */
          quantity: string;
          /** price of the committed units together */
          amount: string;
          /** price of each unit above them */
          overageUnitAmount: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        };
        /** which tax rates apply to it */
        taxCategory: string;
        /** keys of the plan's phases that it belongs to; null: to all */
        phases: string[] | null;
        /** by the further currencies of the plan */
        models: Record<string, {
          model: "flat";
          amount: string;
          timing: "advance" | "arrears";
        } | {
          model: "per_unit";
          unitAmount: string;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "graduated";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** whether the first tier's flat amount falls due without usage too */
          flatAtZero?: boolean;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "volume";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** whether the first tier's flat amount falls due without usage too */
          flatAtZero?: boolean;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "package";
          packageSize: string;
          packageAmount: string;
          freeUnits?: string;
          rounding?: "up" | "down";
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "percentage";
          /** percent of the metered amount */
          rate: string;
          /** part of the metered amount that costs nothing */
          freeUnits?: string;
          /** least that a period with chargeable usage costs */
          minimumAmount?: string;
          /** most that a period costs */
          maximumAmount?: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "graduated_percentage";
          tiers: ({
            upTo: string | null;
            /** percent, for example "2.9" */
            rate: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "matrix";
          /** properties by which the meter groups */
          dimensions: string[];
          cells: {
            /** a value for each dimension */
            values: Record<string, string>;
            unitAmount: string;
          }[];
          /** for values that no cell names */
          otherUnitAmount: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "bulk_commitment";
          /** committed units, paid for whether used or not */
          quantity: string;
          /** price of the committed units together */
          amount: string;
          /** price of each unit above them */
          overageUnitAmount: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        }>;
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
  /** List the alerts of a quota, the newest first */
  listQuotaAlerts: {
    input: {
      params: {
        /** UUIDv7 */
        quotaId: string;
      };
      query?: {
        limit?: number;
        cursor?: string;
        /** UUIDv7 */
        accountId?: string;
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        quotaId: string;
        /** UUIDv7 */
        accountId: string;
        /** percent; null: used up, and more is denied */
        threshold: number | null;
        used: string;
        /** with what was rolled over */
        limit: string;
        percent: string;
        window: {
          start: string;
          /** null: never */
          end: string | null;
        };
        firedAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** What an account has used of its quotas in the windows that run now */
  listQuotaStates: {
    input: {
      query: {
        /** UUIDv7 */
        accountId: string;
      };
    };
    response: {
      /** UUIDv7 */
      accountId: string;
      data: ({
        quota: {
          /** UUIDv7 */
          id: string;
          /** null: each account that has no quota of its own for the meter */
          accountId: string | null;
          meter: string;
          feature: string | null;
          limit: string;
          reset: "period" | "day" | "month" | "year" | "never";
          anchor: string | null;
          period: {
            unit: "day" | "week" | "month" | "year";
            count: number;
          } | null;
          rollOver: string | null;
          /** whether more than the limit may be used: allow warns, deny blocks */
          overage: "allow" | "deny";
          alertsAt: number[];
          source: "manual" | "entitlement";
          version: number;
          createdAt: string;
          updatedAt: string;
        };
        window: {
          start: string;
          /** null: never */
          end: string | null;
        };
        /** whether any more may be used */
        allowed: boolean;
        used: string;
        /** rolled over from the window before */
        carried: string;
        /** with what was rolled over */
        limit: string;
        remaining: string;
        overage: string;
        percent: string;
      })[];
    };
  };
  /** List quotas; of one account with those for all accounts */
  listQuotas: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
        /** UUIDv7 */
        accountId?: string;
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        /** null: each account that has no quota of its own for the meter */
        accountId: string | null;
        meter: string;
        feature: string | null;
        limit: string;
        reset: "period" | "day" | "month" | "year" | "never";
        anchor: string | null;
        period: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        } | null;
        rollOver: string | null;
        /** whether more than the limit may be used: allow warns, deny blocks */
        overage: "allow" | "deny";
        alertsAt: number[];
        source: "manual" | "entitlement";
        version: number;
        createdAt: string;
        updatedAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List refunds, newest first */
  listRefunds: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
        /** UUIDv7 */
        paymentId?: string;
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        paymentId: string;
        amountMinor: string;
        /** unknown: the gateway did not answer; it is asked until it does */
        status: "pending" | "unknown" | "succeeded" | "failed";
        reason: string;
        note: string | null;
        reference: string | null;
        gatewayRefundId: string | null;
        failureCode: string | null;
        /** the invoices that it had settled; null: what settled nothing */
        taken: ({
          invoiceId: string | null;
          amountMinor: string;
        })[];
        version: number;
        createdAt: string;
        updatedAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** Events that were refused, newest first */
  listRejectedUsage: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
        reason?: string;
      };
    };
    response: {
      data: {
        /** UUIDv7 */
        id: string;
        reason: string;
        /** as it came; null when it was longer than 16 kB */
        event: unknown;
        receivedAt: string;
      }[];
      nextCursor: string | null;
    };
  };
  /** How many events were refused, by reason */
  listRejectionReasons: {
    input: {};
    response: {
      data: {
        reason: string;
        count: number;
        firstAt: string;
        lastAt: string;
      }[];
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
        /** UUIDv7 */
        groupId?: string;
        role?: string;
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        userId: string | null;
        groupId: string | null;
        serviceAccountId: string | null;
        /** of the user, for callers with user:read */
        email: string | null;
        /** of the user or group */
        name: string | null;
        role: string;
        /** null: built in */
        roleId: string | null;
        /** null: the whole tenant; a division: it and everything below it */
        scope: {
          /** UUIDv7 */
          organizationId: string;
        } | {
          /** UUIDv7 */
          divisionId: string;
        } | null;
        createdAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List the built-in roles and the tenant's own, with their permissions */
  listRoles: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
      };
    };
    response: {
      data: ({
        /** null: built in */
        id: string | null;
        name: string;
        title: string;
        description: string | null;
        permissions: string[];
        /** permissions that count only where all their conditions hold */
        conditional: ({
          permission: string;
          conditions: ({
            attribute: string;
            operator: "equals" | "not_equals";
            value?: string | number | boolean;
            otherAttribute?: string;
          })[];
        })[];
        version: number;
        createdAt: string | null;
        updatedAt: string | null;
      })[];
      nextCursor: string | null;
    };
  };
  /** List what is to happen to a subscription and can be taken back */
  listScheduledChanges: {
    input: {
      params: {
        /** UUIDv7 */
        subscriptionId: string;
      };
    };
    response: {
      data: ({
        id: string;
        kind: "change" | "pause" | "resume" | "add_on" | "add_on_end" | "cancellation" | "term_end";
        addOnId: string | null;
        /** calendar date in the account's time zone */
        on: string;
        at: string;
        /** UUIDv7 */
        planId: string;
        planVersion: number;
        quantity: number;
      })[];
    };
  };
  /** List the service accounts of the tenant */
  listServiceAccounts: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
      };
    };
    response: {
      data: ({
        /** also its client_id */
        id: string;
        name: string;
        description: string | null;
        publicKeys: Record<string, unknown>[] | null;
        createdBy: string | null;
        createdAt: string;
        updatedAt: string;
        disabledAt: string | null;
        lastUsedAt: string | null;
        version: number;
      })[];
      nextCursor: string | null;
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
        /** the user's own name for it, or what the browser says of itself */
        name: string;
        ip: string | null;
        userAgent: string | null;
        /** how the user proved who they are (RFC 8176) */
        methods: string[];
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
  /** List the identity providers that anybody may sign in by */
  listSignInProviders: {
    input: {};
    response: {
      data: {
        id: string;
        /** what its button says */
        title: string;
        kind: string;
        /** where a browser begins; takes return_to */
        startPath: string;
      }[];
    };
  };
  /** List the public keys that verify tokens (RFC 7517) */
  listSigningKeys: {
    input: {};
    response: {
      keys: Record<string, unknown>[];
    };
  };
  /** List the coupons that were redeemed for a subscription */
  listSubscriptionCoupons: {
    input: {
      params: {
        /** UUIDv7 */
        subscriptionId: string;
      };
    };
    response: {
      data: ({
        /** UUIDv7 */
        id: string;
        code: string;
        /** as it was redeemed */
        coupon: {
          /** UUIDv7 */
          couponId: string;
          code: string;
          name: string;
          discount: {
            kind: "percent";
            percent: string;
          } | {
            kind: "amount";
            amount: string;
            currency: string;
          };
          periods: number | null;
          plans: string[] | null;
          prices: string[] | null;
          redeemableUntil: string | null;
          maximumRedemptions: number | null;
          oncePerAccount: boolean;
          archived: boolean;
        };
        /** UUIDv7 */
        accountId: string;
        /** null: it lowers all invoices that the account pays */
        subscriptionId: string | null;
        redeemedAt: string;
        removedAt: string | null;
        /** invoices that it lowers so far */
        uses: number;
        /** invoices that it may still lower; null: any number */
        periodsLeft: number | null;
      })[];
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
        prorationBasis: "day" | "second";
        /** canceled from the request on; it is served until its end */
        status: "active" | "canceled";
        state: "scheduled" | "trialing" | "active" | "paused" | "ended";
        /** calendar date in the account's time zone */
        startsOn: string;
        /** the date that every period boundary is counted from */
        anchor: string;
        /** whether the plan's trial was left out because the account had one before */
        trialSkipped: boolean;
        commitment: {
          /** major units of the currency */
          amount: string;
          /** whole billing periods */
          term: {
            unit: "day" | "week" | "month" | "year";
            count: number;
          };
        } | null;
        /** null: it goes on from period to period */
        term: {
          length: {
            unit: "day" | "week" | "month" | "year";
            count: number;
          };
          /** whether another term follows; the subscription ends with the running one otherwise */
          renews: boolean;
          noticeDays: number;
          /** of the running term, 1 for the first */
          number: number;
          /** calendar date in the account's time zone */
          startsOn: string;
          /** first date of the next term, or the first that is no longer subscribed */
          endsOn: string;
        } | null;
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
          /** key of the phase of the plan */
          phase: string;
          kind: "trial" | "intro" | "evergreen";
          /** costs no fees; usage in it is rated */
          paused: boolean;
          /** calendar date in the account's time zone */
          from: string;
          /** first date that is no longer in the phase */
          to: string | null;
          startsAt: string;
          endsAt: string | null;
        })[];
        addOns: ({
          /** UUIDv7 */
          id: string;
          /** UUIDv7 */
          planId: string;
          planVersion: number;
          quantity: number;
          /** calendar date in the account's time zone */
          from: string;
          to: string | null;
          phases: ({
            /** UUIDv7 */
            id: string;
            /** UUIDv7 */
            planId: string;
            planVersion: number;
            quantity: number;
            /** key of the phase of the plan */
            phase: string;
            kind: "trial" | "intro" | "evergreen";
            /** costs no fees; usage in it is rated */
            paused: boolean;
            /** calendar date in the account's time zone */
            from: string;
            /** first date that is no longer in the phase */
            to: string | null;
            startsAt: string;
            endsAt: string | null;
          })[];
        })[];
        version: number;
        createdAt: string;
        updatedAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List tax rates */
  listTaxRates: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
        /** UUIDv7 */
        legalEntityId?: string;
        country?: string;
        category?: string;
      };
    };
    response: {
      data: ({
        /** tax category of prices, such as `standard` or `reduced` */
        category: string;
        country: string;
        /** region of the customer's address; null: the whole country */
        region: string | null;
        percent: string;
        /** as printed, such as `VAT` */
        label: string;
        validFrom: string;
        /** first date on which it no longer applies */
        validTo: string | null;
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        legalEntityId: string;
        version: number;
        createdAt: string;
        updatedAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List the exports of a tenant, the newest first */
  listTenantExports: {
    input: {
      params: {
        /** UUIDv7 */
        tenantId: string;
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
        tenantId: string;
        requestedBy: string;
        status: "waiting" | "running" | "ready" | "failed";
        /** of the compressed archive, so far */
        sizeBytes: number;
        rows: number;
        createdAt: string;
        finishedAt: string | null;
        expiresAt: string;
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
        /** what the operator says; goes before what the plan allows */
        limits: Record<string, number>;
        /** what the plan allows; a name that is absent in both is not limited */
        planLimits: Record<string, number>;
        /** whether it is there to try things out, and may stop its time */
        sandbox: boolean;
        /** where its time stands; null: it goes with everybody's */
        testClock: string | null;
        /** when a closing tenant is deleted */
        deletesAt: string | null;
        version: number;
        createdAt: string;
        updatedAt: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List the prices with a tier table, graduated or volume, of the plans' newest versions */
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
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "graduated";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** whether the first tier's flat amount falls due without usage too */
          flatAtZero?: boolean;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "volume";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** whether the first tier's flat amount falls due without usage too */
          flatAtZero?: boolean;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "package";
          packageSize: string;
          packageAmount: string;
          freeUnits?: string;
          rounding?: "up" | "down";
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "percentage";
          /** percent of the metered amount */
          rate: string;
          /** part of the metered amount that costs nothing */
          freeUnits?: string;
          /** least that a period with chargeable usage costs */
          minimumAmount?: string;
          /** most that a period costs */
          maximumAmount?: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "graduated_percentage";
          tiers: ({
            upTo: string | null;
            /** percent, for example "2.9" */
            rate: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "matrix";
          /** properties by which the meter groups */
          dimensions: string[];
          cells: {
            /** a value for each dimension */
            values: Record<string, string>;
            unitAmount: string;
          }[];
          /** for values that no cell names */
          otherUnitAmount: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "bulk_commitment";
          /** committed units, paid for whether used or not */
          quantity: string;
          /** price of the committed units together */
          amount: string;
          /** price of each unit above them */
          overageUnitAmount: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        };
        /** which tax rates apply to it */
        taxCategory: string;
        /** keys of the plan's phases that it belongs to; null: to all */
        phases: string[] | null;
        /** by the further currencies of the plan */
        models: Record<string, {
          model: "flat";
          amount: string;
          timing: "advance" | "arrears";
        } | {
          model: "per_unit";
          unitAmount: string;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "graduated";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** whether the first tier's flat amount falls due without usage too */
          flatAtZero?: boolean;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "volume";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** whether the first tier's flat amount falls due without usage too */
          flatAtZero?: boolean;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "package";
          packageSize: string;
          packageAmount: string;
          freeUnits?: string;
          rounding?: "up" | "down";
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "percentage";
          /** percent of the metered amount */
          rate: string;
          /** part of the metered amount that costs nothing */
          freeUnits?: string;
          /** least that a period with chargeable usage costs */
          minimumAmount?: string;
          /** most that a period costs */
          maximumAmount?: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "graduated_percentage";
          tiers: ({
            upTo: string | null;
            /** percent, for example "2.9" */
            rate: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "matrix";
          /** properties by which the meter groups */
          dimensions: string[];
          cells: {
            /** a value for each dimension */
            values: Record<string, string>;
            unitAmount: string;
          }[];
          /** for values that no cell names */
          otherUnitAmount: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "bulk_commitment";
          /** committed units, paid for whether used or not */
          quantity: string;
          /** price of the committed units together */
          amount: string;
          /** price of each unit above them */
          overageUnitAmount: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        }>;
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
  /** The events that nothing counts yet */
  listUnmatchedUsageEvents: {
    input: {
      query?: {
        limit?: number;
        cursor?: string;
        reason?: string;
      };
    };
    response: {
      data: {
        reason: string;
        event: {
          specversion: "1.0";
          source: string;
          id: string;
          type: string;
          subject: string;
          time: string;
          data: Record<string, unknown>;
        };
        receivedAt: string;
      }[];
      nextCursor: string | null;
    };
  };
  /** An account's usage events in [from, to), as evidence of what was counted */
  listUsageEvents: {
    input: {
      query: {
        limit?: number;
        cursor?: string;
        /** UUIDv7 */
        accountId: string;
        from: string;
        to: string;
        /** key of a meter: only events that it counts */
        meter?: string;
        order?: "newest" | "oldest";
      };
    };
    response: {
      data: ({
        source: string;
        id: string;
        type: string;
        /** UUIDv7 */
        accountId: string;
        time: string;
        receivedAt: string;
        data: Record<string, unknown>;
        /** counted no more */
        retracted: boolean;
        corrections: ({
          kind: "retracted" | "replaced";
          reason: string;
          previousData: unknown;
          correctedBy: string | null;
          correctedAt: string;
        })[];
      })[];
      nextCursor: string | null;
    };
  };
  /** List the sessions of a user, at the platform and in their directory */
  listUserSessions: {
    input: {
      params: {
        /** UUIDv7 */
        userId: string;
      };
    };
    response: {
      data: ({
        id: string;
        ip: string | null;
        startedAt: string;
        usedAt: string;
      })[];
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
  /** List what was sent to a webhook in the last month, the newest first */
  listWebhookDeliveries: {
    input: {
      params: {
        /** UUIDv7 */
        webhookId: string;
      };
      query?: {
        limit?: number;
        cursor?: string;
        status?: "waiting" | "delivered" | "failed";
      };
    };
    response: {
      data: ({
        /** webhook-id of the message */
        id: string;
        eventType: string;
        status: "waiting" | "delivered" | "failed";
        attempts: number;
        createdAt: string;
        nextAttemptAt: string | null;
        lastAttemptAt: string | null;
        /** HTTP status that the receiver answered with */
        lastStatus: number | null;
        /** beginning of what it answered */
        lastResponse: string | null;
        lastError: string | null;
        /** the message as it is signed */
        body: string;
      })[];
      nextCursor: string | null;
    };
  };
  /** List the webhooks of the tenant */
  listWebhooks: {
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
        url: string;
        description: string | null;
        eventTypes: ("identity.signed_in" | "identity.signed_out" | "identity.disabled" | "identity.enabled" | "member.joined" | "member.left" | "invitation.created" | "invitation.accepted" | "invitation.revoked" | "usage.threshold_reached" | "usage.quota_exceeded")[];
        enabled: boolean;
        disabledBecause: "owner" | "failing" | null;
        /** until when messages are also signed with the secret before */
        overlapUntil: string | null;
        createdBy: string | null;
        createdAt: string;
        updatedAt: string;
        version: number;
      })[];
      nextCursor: string | null;
    };
  };
  /** See what the token of an invitation is for */
  lookUpInvitation: {
    input: {
      body: {
        token: string;
      };
    };
    response: {
      email: string;
      organizationName: string | null;
      expiresAt: string;
      /** whether the invited address signs in, or signs up */
      hasAccount: boolean;
    };
  };
  /** Charge the account by this one, also if it was declined before */
  makePaymentMethodDefault: {
    input: {
      params: {
        /** UUIDv7 */
        paymentMethodId: string;
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
      gatewayAccountId: string;
      gatewayMethodId: string;
      type: string;
      brand: string | null;
      last4: string | null;
      expiryMonth: number | null;
      expiryYear: number | null;
      isDefault: boolean;
      /** declined: not charged by itself until it is made the default again */
      status: "active" | "declined" | "removed";
      declineCode: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Move all subscriptions of a plan to another version of it */
  migrateVersions: {
    input: {
      body: {
        /** of a plan or an add-on */
        planId: string;
        /** the newest published one when absent */
        toVersion?: number;
        /** all older ones when absent */
        fromVersions?: number[];
        /** `term_end`: with the renewal; without a term each period is one */
        when?: "now" | "period_end" | "term_end";
      };
    };
    response: {
      toVersion: number;
      migrated: number;
      failed: number;
      /** the first hundred of them */
      failures: {
        /** UUIDv7 */
        subscriptionId: string;
        code: string;
        detail: string;
      }[];
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
  /** Open a dispute: the evidence is kept as it is, and its invoices are not collected meanwhile */
  openDispute: {
    input: {
      body: {
        /** UUIDv7 */
        accountId: string;
        reason: "service_not_received" | "overcharged" | "charged_after_cancellation" | "duplicate" | "other";
        /** the customer's complaint */
        description: string;
        /** of one currency; without positions the whole invoice */
        invoices: {
          /** UUIDv7 */
          invoiceId: string;
          positions?: number[];
        }[];
        /** UUIDv7 */
        chargebackId?: string;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      accountId: string;
      reason: "service_not_received" | "overcharged" | "charged_after_cancellation" | "duplicate" | "other";
      description: string;
      status: "open" | "investigating" | "resolved" | "rejected";
      assigneeId: string | null;
      currency: string;
      /** with tax */
      disputedMinor: string;
      invoices: {
        /** UUIDv7 */
        invoiceId: string;
        /** lines; empty: the whole invoice */
        positions: number[];
        disputedMinor: string;
      }[];
      evidenceFrom: string;
      evidenceTo: string;
      chargebackId: string | null;
      outcome: string | null;
      openedBy: string;
      version: number;
      createdAt: string;
      updatedAt: string;
      closedAt: string | null;
    };
  };
  /** What a customer may still use of a feature or a meter, for a client of OpenMeter */
  openMeterCustomerEntitlementValue: {
    input: {
      params: {
        account: string;
        feature: string;
      };
    };
    response: {
      hasAccess: boolean;
      balance: number;
      usage: number;
      overage: number;
      totalAvailableGrantAmount: number;
    };
  };
  /** What a customer may still use of a feature or a meter, for a client of OpenMeter (v2) */
  openMeterCustomerEntitlementValueV2: {
    input: {
      params: {
        account: string;
        feature: string;
      };
    };
    response: {
      hasAccess: boolean;
      balance: number;
      usage: number;
      overage: number;
      totalAvailableGrantAmount: number;
    };
  };
  /** Get a meter for a client of OpenMeter */
  openMeterGetMeter: {
    input: {
      params: {
        meterIdOrSlug: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      slug: string;
      name: string;
      aggregation: "COUNT" | "SUM" | "MAX" | "MIN" | "LATEST" | "UNIQUE_COUNT";
      eventType: string;
      valueProperty?: string;
      groupBy: Record<string, string>;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Send usage with a client of OpenMeter */
  openMeterIngestEvents: {
    input: {
      body: unknown;
    };
    response: undefined;
  };
  /** List meters for a client of OpenMeter: those with an aggregation that it knows */
  openMeterListMeters: {
    input: {};
    response: ({
      /** UUIDv7 */
      id: string;
      slug: string;
      name: string;
      aggregation: "COUNT" | "SUM" | "MAX" | "MIN" | "LATEST" | "UNIQUE_COUNT";
      eventType: string;
      valueProperty?: string;
      groupBy: Record<string, string>;
      createdAt: string;
      updatedAt: string;
    })[];
  };
  /** Query a meter's usage for a client of OpenMeter */
  openMeterQueryMeter: {
    input: {
      params: {
        meterIdOrSlug: string;
      };
      query?: {
        clientId?: string;
        from?: string;
        to?: string;
        windowSize?: "HOUR" | "DAY" | "MONTH";
        windowTimeZone?: string;
        /** keys of accounts */
        subject?: string | string[];
        /** ids of accounts */
        filterCustomerId?: string | string[];
        /** dimensions of the meter, and subject */
        groupBy?: string | string[];
      };
    };
    response: {
      from: string;
      to: string;
      windowSize?: "HOUR" | "DAY" | "MONTH";
      data: ({
        value: number;
        windowStart: string;
        windowEnd: string;
        subject: string | null;
        customerId?: string;
        groupBy: Record<string, string | null>;
      })[];
    };
  };
  /** What an account may still use of a feature or a meter, for a client of OpenMeter */
  openMeterSubjectEntitlementValue: {
    input: {
      params: {
        account: string;
        feature: string;
      };
    };
    response: {
      hasAccess: boolean;
      balance: number;
      usage: number;
      overage: number;
      totalAvailableGrantAmount: number;
    };
  };
  /** Charge and remind by itself no more, such as while something is cleared up */
  pauseInvoiceDunning: {
    input: {
      params: {
        /** UUIDv7 */
        invoiceId: string;
      };
    };
    response: {
      /** UUIDv7 */
      invoiceId: string;
      /** UUIDv7 */
      accountId: string;
      /** keys of the steps that were reached */
      reached: string[];
      /** why nothing happens by itself; null: it does */
      paused: "refund" | "chargeback" | "agent" | "dispute" | null;
      lastStepAt: string | null;
      version: number;
    };
  };
  /** Pause a subscription with its add-ons */
  pauseSubscription: {
    input: {
      params: {
        /** UUIDv7 */
        subscriptionId: string;
      };
      body: {
        /** at once, or when the running period or term ends; without a term each period is one */
        when?: "now" | "period_end" | "term_end";
        /** the day on which it takes effect; not before what was billed in arrears */
        on?: string;
        /** first day after the pause; open when absent */
        resumesOn?: string;
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
      prorationBasis: "day" | "second";
      /** canceled from the request on; it is served until its end */
      status: "active" | "canceled";
      state: "scheduled" | "trialing" | "active" | "paused" | "ended";
      /** calendar date in the account's time zone */
      startsOn: string;
      /** the date that every period boundary is counted from */
      anchor: string;
      /** whether the plan's trial was left out because the account had one before */
      trialSkipped: boolean;
      commitment: {
        /** major units of the currency */
        amount: string;
        /** whole billing periods */
        term: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
      } | null;
      /** null: it goes on from period to period */
      term: {
        length: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
        /** whether another term follows; the subscription ends with the running one otherwise */
        renews: boolean;
        noticeDays: number;
        /** of the running term, 1 for the first */
        number: number;
        /** calendar date in the account's time zone */
        startsOn: string;
        /** first date of the next term, or the first that is no longer subscribed */
        endsOn: string;
      } | null;
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
        /** key of the phase of the plan */
        phase: string;
        kind: "trial" | "intro" | "evergreen";
        /** costs no fees; usage in it is rated */
        paused: boolean;
        /** calendar date in the account's time zone */
        from: string;
        /** first date that is no longer in the phase */
        to: string | null;
        startsAt: string;
        endsAt: string | null;
      })[];
      addOns: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        planId: string;
        planVersion: number;
        quantity: number;
        /** calendar date in the account's time zone */
        from: string;
        to: string | null;
        phases: ({
          /** UUIDv7 */
          id: string;
          /** UUIDv7 */
          planId: string;
          planVersion: number;
          quantity: number;
          /** key of the phase of the plan */
          phase: string;
          kind: "trial" | "intro" | "evergreen";
          /** costs no fees; usage in it is rated */
          paused: boolean;
          /** calendar date in the account's time zone */
          from: string;
          /** first date that is no longer in the phase */
          to: string | null;
          startsAt: string;
          endsAt: string | null;
        })[];
      })[];
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Charge an invoice now, or record money that was received for it */
  payInvoice: {
    input: {
      params: {
        /** UUIDv7 */
        invoiceId: string;
      };
      body: {
        /** UUIDv7 */
        paymentMethodId?: string;
        /** all that is due when absent */
        amountMinor?: string;
        /** whether the customer can confirm the payment now */
        customerPresent?: boolean;
        received?: {
          by: "manual" | "bank_transfer";
          on?: string;
          reference?: string;
          note?: string;
        };
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      invoice: {
        /** UUIDv7 */
        id: string;
        /** without gaps in the legal entity; null for a draft */
        number: string | null;
        /** who issues it; the tenant's id names the default one */
        legalEntityId: string;
        /** what was said of the legal entity when it was issued */
        legalEntityVersion: number;
        /** who pays it */
        accountId: string;
        /** the only subscription on it; null when there are several or none */
        subscriptionId: string | null;
        reason: "period" | "threshold" | "one_off";
        billedAt: string;
        currency: string;
        timeZone: string;
        status: "draft" | "finalized" | "past_due" | "paid" | "void" | "written_off";
        customer: {
          key: string;
          name: string;
          email: string | null;
          billing: {
            /** name on invoices; the account's when absent */
            name?: string;
            /** where invoices are sent */
            email?: string;
            address?: {
              line1: string;
              line2?: string;
              city: string;
              /** state, province or canton, as ISO 3166-2 without the country where there is a code */
              region?: string;
              postalCode?: string;
              country: string;
            };
            /** such as a VAT identification number, with its country prefix */
            taxId?: string;
            taxExempt?: boolean;
            /** BCP 47 tag of the language of invoices */
            language?: string;
            /** the customer's own reference: purchase order, cost centre, Leitweg-ID */
            reference?: string;
            paymentTermDays?: number;
            /** key of the legal entity that bills it */
            legalEntity?: string;
            invoicing?: "consolidated" | "per_subscription";
          };
        };
        /** sum of the rounded lines, in the smallest unit */
        subtotalMinor: string;
        discountMinor: string;
        taxMinor: string;
        taxes: ({
          category: string;
          percent: string;
          label: string;
          reverseCharge: boolean;
          /** why it is 0 % */
          zeroReason?: "zero_rated" | "exempt" | "reverse_charge" | "out_of_scope" | "export" | "intra_community";
          taxableMinor: string;
          taxMinor: string;
        })[];
        totalMinor: string;
        dueOn: string | null;
        /** when a draft is finalized by itself; null: when somebody finalizes it */
        reviewUntil: string | null;
        /** how far a draft is worked out: discounts and tax are missing, tax is missing, all is there */
        calculation: "pending" | "untaxed" | "done";
        /** paid from prepaid credit; negative: what was overpaid became credit */
        creditsMinor: string;
        paidMinor: string;
        /** taken back by credit notes */
        creditedMinor: string;
        writtenOffMinor: string;
        /** still to be paid */
        dueMinor: string;
        lineCount: number;
        version: number;
        createdAt: string;
        updatedAt: string;
        finalizedAt: string | null;
        paidAt: string | null;
        voidedAt: string | null;
      };
      payment: {
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        legalEntityId: string;
        /** UUIDv7 */
        accountId: string;
        /** what it was made for; null for money that came without an invoice */
        invoiceId: string | null;
        gateway: "stripe" | "manual" | "bank_transfer";
        gatewayAccountId: string | null;
        paymentMethodId: string | null;
        gatewayPaymentId: string | null;
        currency: string;
        amountMinor: string;
        /** what of it settles invoices */
        appliedMinor: string;
        /** what was received and settles nothing yet */
        unappliedMinor: string;
        refundedMinor: string;
        chargedBackMinor: string;
        /** what was turned into prepaid credit */
        grantedMinor: string;
        refundableMinor: string;
        /** unknown: the gateway did not answer; it is asked until it does, and never charged twice */
        status: "pending" | "requires_action" | "unknown" | "succeeded" | "failed";
        cause: "request" | "automatic" | "recorded";
        failure: {
          /** hard: the payment method is not charged again; authentication: the customer has to be present */
          kind: "hard" | "soft" | "authentication" | "temporary" | "refused" | "canceled";
          code: string;
          message: string;
        } | null;
        /** what the customer has to do, for the gateway's code in their browser */
        nextAction: {
          clientSecret: string | null;
          url: string | null;
        } | null;
        reference: string | null;
        note: string | null;
        receivedOn: string | null;
        version: number;
        createdAt: string;
        updatedAt: string;
        succeededAt: string | null;
      };
    };
  };
  /** Preview a new version of a plan on its subscriptions, without publishing it */
  previewPlanVersion: {
    input: {
      params: {
        /** UUIDv7 */
        planId: string;
      };
      query?: {
        /** how many subscriptions of each currency are rated, the oldest first */
        limit?: number;
      };
      body: {
        /** keys of the plans that an add-on may be sold with; null: with any */
        addOnTo?: string[] | null;
        currency?: string;
        /** further currencies in which the plan is sold */
        currencies?: string[];
        period?: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
        /** in their order; one evergreen phase when absent */
        phases?: ({
          key: string;
          kind: "trial" | "intro" | "evergreen";
          length: {
            unit: "day" | "week" | "month" | "year";
            count: number;
          } | null;
        })[];
        /** how parts of a period are measured; "day" when absent */
        prorationBasis?: "day" | "second";
        /** whether the prices contain the tax */
        taxInclusive?: boolean;
        /** least that a period costs before tax, main currency */
        minimumSpend?: string | null;
        /** the same in each further currency */
        minimumSpends?: Record<string, string>;
        /** most that a period costs before tax, main currency */
        maximumSpend?: string | null;
        /** the same in each further currency */
        maximumSpends?: Record<string, string>;
        prices: ({
          key: string;
          description: string;
          /** in the main currency of the plan */
          model: {
            model: "flat";
            amount: string;
            timing: "advance" | "arrears";
          } | {
            model: "per_unit";
            unitAmount: string;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "graduated";
            tiers: ({
              upTo: string | null;
              /** major units, for example "0.0005" */
              unitAmount: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** whether the first tier's flat amount falls due without usage too */
            flatAtZero?: boolean;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "volume";
            tiers: ({
              upTo: string | null;
              /** major units, for example "0.0005" */
              unitAmount: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** whether the first tier's flat amount falls due without usage too */
            flatAtZero?: boolean;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "package";
            packageSize: string;
            packageAmount: string;
            freeUnits?: string;
            rounding?: "up" | "down";
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "percentage";
            /** percent of the metered amount */
            rate: string;
            /** part of the metered amount that costs nothing */
            freeUnits?: string;
            /** least that a period with chargeable usage costs */
            minimumAmount?: string;
            /** most that a period costs */
            maximumAmount?: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "graduated_percentage";
            tiers: ({
              upTo: string | null;
              /** percent, for example "2.9" */
              rate: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "matrix";
            /** properties by which the meter groups */
            dimensions: string[];
            cells: {
              /** a value for each dimension */
              values: Record<string, string>;
              unitAmount: string;
            }[];
            /** for values that no cell names */
            otherUnitAmount: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "bulk_commitment";
            /** committed units, paid for whether used or not */
            quantity: string;
            /** price of the committed units together */
            amount: string;
            /** price of each unit above them */
            overageUnitAmount: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          };
          /** a model for each further currency, with the same meter, dimensions and timing */
          models?: Record<string, {
            model: "flat";
            amount: string;
            timing: "advance" | "arrears";
          } | {
            model: "per_unit";
            unitAmount: string;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "graduated";
            tiers: ({
              upTo: string | null;
              /** major units, for example "0.0005" */
              unitAmount: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** whether the first tier's flat amount falls due without usage too */
            flatAtZero?: boolean;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "volume";
            tiers: ({
              upTo: string | null;
              /** major units, for example "0.0005" */
              unitAmount: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** whether the first tier's flat amount falls due without usage too */
            flatAtZero?: boolean;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "package";
            packageSize: string;
            packageAmount: string;
            freeUnits?: string;
            rounding?: "up" | "down";
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "percentage";
            /** percent of the metered amount */
            rate: string;
            /** part of the metered amount that costs nothing */
            freeUnits?: string;
            /** least that a period with chargeable usage costs */
            minimumAmount?: string;
            /** most that a period costs */
            maximumAmount?: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "graduated_percentage";
            tiers: ({
              upTo: string | null;
              /** percent, for example "2.9" */
              rate: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "matrix";
            /** properties by which the meter groups */
            dimensions: string[];
            cells: {
              /** a value for each dimension */
              values: Record<string, string>;
              unitAmount: string;
            }[];
            /** for values that no cell names */
            otherUnitAmount: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "bulk_commitment";
            /** committed units, paid for whether used or not */
            quantity: string;
            /** price of the committed units together */
            amount: string;
            /** price of each unit above them */
            overageUnitAmount: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          }>;
          /** which tax rates apply; "standard" when absent */
          taxCategory?: string;
          /** keys of the phases that it belongs to; null or absent: all */
          phases?: string[] | null;
        })[];
        entitlements?: ({
          /** key of a feature of the same product */
          feature: string;
          /** true or false of a boolean feature, a decimal as text of a limit or a metered one */
          value: boolean | string;
          /** when a metered allowance begins anew; "period" when absent */
          reset?: "period" | "day" | "month" | "year" | "never" | null;
          /** most that is carried into the next allowance; null: nothing */
          rollOver?: string | null;
          /** whether more may be used; "deny" when absent */
          overage?: "allow" | "deny" | null;
          /** percent of the value that raise an alert */
          alertsAt?: number[];
        })[];
      };
    };
    response: {
      /** UUIDv7 */
      planId: string;
      /** the number that the version would get */
      planVersion: number;
      /** in what it differs from the newest version */
      changes: ({
        kind: "add_on_to_changed" | "currency_changed" | "currencies_changed" | "period_changed" | "phase_added" | "phase_removed" | "phase_changed" | "phase_order_changed" | "proration_basis_changed" | "tax_inclusion_changed" | "minimum_spend_changed" | "maximum_spend_changed" | "price_added" | "price_removed" | "price_changed" | "price_order_changed" | "entitlement_added" | "entitlement_removed" | "entitlement_changed" | "entitlement_order_changed";
        /** JSON Pointer in which prices, phases and entitlements stand under their keys */
        path: string;
        /** null: there was nothing */
        before: unknown;
        /** null: there is nothing */
        after: unknown;
      })[];
      currencies: {
        currency: string;
        /** how many have the plan in this currency, now or later, in any version */
        subscriptions: number;
        accounts: number;
        /** how many of them the amounts are of */
        rated: number;
        currentMinor: string;
        newMinor: string;
        samples: {
          /** UUIDv7 */
          subscriptionId: string;
          /** UUIDv7 */
          accountId: string;
          from: string;
          /** end of its last period, exclusive */
          to: string;
          currentMinor: string;
          newMinor: string;
        }[];
      }[];
      /** in which the version would no longer be sold */
      droppedCurrencies: string[];
    };
  };
  /** See what a new subscription would cost; nothing is written */
  previewSubscription: {
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
        /** the date that periods are counted from; the end of the trial, or else the start, when absent */
        billingAnchor?: string;
        /** seats */
        quantity?: number;
        /** what the account promises to spend in each term */
        commitment?: {
          /** major units of the currency */
          amount: string;
          /** whole billing periods */
          term: {
            unit: "day" | "week" | "month" | "year";
            count: number;
          };
        };
        /** how long the account is bound; from period to period when absent */
        term?: {
          /** whole billing periods */
          length: {
            unit: "day" | "week" | "month" | "year";
            count: number;
          };
          /** whether another term follows; true when absent */
          renews?: boolean;
          /** days before its end on which the end of a term is announced; 30 when absent */
          noticeDays?: number;
        };
      };
    };
    response: {
      /** as it would be */
      subscription: {
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
        prorationBasis: "day" | "second";
        /** canceled from the request on; it is served until its end */
        status: "active" | "canceled";
        state: "scheduled" | "trialing" | "active" | "paused" | "ended";
        /** calendar date in the account's time zone */
        startsOn: string;
        /** the date that every period boundary is counted from */
        anchor: string;
        /** whether the plan's trial was left out because the account had one before */
        trialSkipped: boolean;
        commitment: {
          /** major units of the currency */
          amount: string;
          /** whole billing periods */
          term: {
            unit: "day" | "week" | "month" | "year";
            count: number;
          };
        } | null;
        /** null: it goes on from period to period */
        term: {
          length: {
            unit: "day" | "week" | "month" | "year";
            count: number;
          };
          /** whether another term follows; the subscription ends with the running one otherwise */
          renews: boolean;
          noticeDays: number;
          /** of the running term, 1 for the first */
          number: number;
          /** calendar date in the account's time zone */
          startsOn: string;
          /** first date of the next term, or the first that is no longer subscribed */
          endsOn: string;
        } | null;
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
          /** key of the phase of the plan */
          phase: string;
          kind: "trial" | "intro" | "evergreen";
          /** costs no fees; usage in it is rated */
          paused: boolean;
          /** calendar date in the account's time zone */
          from: string;
          /** first date that is no longer in the phase */
          to: string | null;
          startsAt: string;
          endsAt: string | null;
        })[];
        addOns: ({
          /** UUIDv7 */
          id: string;
          /** UUIDv7 */
          planId: string;
          planVersion: number;
          quantity: number;
          /** calendar date in the account's time zone */
          from: string;
          to: string | null;
          phases: ({
            /** UUIDv7 */
            id: string;
            /** UUIDv7 */
            planId: string;
            planVersion: number;
            quantity: number;
            /** key of the phase of the plan */
            phase: string;
            kind: "trial" | "intro" | "evergreen";
            /** costs no fees; usage in it is rated */
            paused: boolean;
            /** calendar date in the account's time zone */
            from: string;
            /** first date that is no longer in the phase */
            to: string | null;
            startsAt: string;
            endsAt: string | null;
          })[];
        })[];
        version: number;
        createdAt: string;
        updatedAt: string;
      };
      /** what is due and the next billing, with usage so far; of a consolidated invoice the part of this subscription */
      invoices: ({
        billedAt: string;
        currency: string;
        subtotalMinor: string;
        discountMinor: string;
        /** null where it is not known, because an external service works it out when the invoice is written */
        taxMinor: string | null;
        taxes: ({
          category: string;
          percent: string;
          label: string;
          reverseCharge: boolean;
          /** why it is 0 % */
          zeroReason?: "zero_rated" | "exempt" | "reverse_charge" | "out_of_scope" | "export" | "intra_community";
          taxableMinor: string;
          taxMinor: string;
        })[];
        /** without tax where that is not known */
        totalMinor: string;
        /** prepaid credit that would be used, as it stands now; null where the tax is not known */
        creditsMinor: string | null;
        /** what is left to pay; null where the tax is not known */
        dueMinor: string | null;
        lines: ({
          kind: string;
          description: string;
          priceKey: string | null;
          periodIndex: number | null;
          quantityBilled: string;
          amountMinor: string;
          discountMinor: string;
          taxMinor: string;
          periodStart: string;
          periodEnd: string;
          detail: Record<string, unknown>;
        })[];
      })[];
      /** what these invoices would be without the change */
      without: ({
        billedAt: string;
        currency: string;
        subtotalMinor: string;
        discountMinor: string;
        /** null where it is not known, because an external service works it out when the invoice is written */
        taxMinor: string | null;
        taxes: ({
          category: string;
          percent: string;
          label: string;
          reverseCharge: boolean;
          /** why it is 0 % */
          zeroReason?: "zero_rated" | "exempt" | "reverse_charge" | "out_of_scope" | "export" | "intra_community";
          taxableMinor: string;
          taxMinor: string;
        })[];
        /** without tax where that is not known */
        totalMinor: string;
        /** prepaid credit that would be used, as it stands now; null where the tax is not known */
        creditsMinor: string | null;
        /** what is left to pay; null where the tax is not known */
        dueMinor: string | null;
        lines: ({
          kind: string;
          description: string;
          priceKey: string | null;
          periodIndex: number | null;
          quantityBilled: string;
          amountMinor: string;
          discountMinor: string;
          taxMinor: string;
          periodStart: string;
          periodEnd: string;
          detail: Record<string, unknown>;
        })[];
      })[];
      /** what all of `invoices` cost more than all of `without` */
      differenceMinor: string;
    };
  };
  /** See the exact effect of a change on the next invoices; nothing is written */
  previewSubscriptionChange: {
    input: {
      params: {
        /** UUIDv7 */
        subscriptionId: string;
      };
      body: {
        action: "change";
        /** unchanged when absent */
        planId?: string;
        /** the newest published one of the given plan when absent */
        planVersion?: number;
        /** unchanged when absent */
        quantity?: number;
        /** at once, or when the running period or term ends; without a term each period is one */
        when?: "now" | "period_end" | "term_end";
        /** the day on which it takes effect; not before what was billed in arrears */
        on?: string;
      } | {
        action: "cancel";
        /** at once, or when the running period or term ends; without a term each period is one */
        when?: "now" | "period_end" | "term_end";
        /** the last day, which is consumed */
        on?: string;
      } | {
        action: "reactivate";
      } | {
        action: "pause";
        /** at once, or when the running period or term ends; without a term each period is one */
        when?: "now" | "period_end" | "term_end";
        /** the day on which it takes effect; not before what was billed in arrears */
        on?: string;
        /** first day after the pause; open when absent */
        resumesOn?: string;
      } | {
        action: "resume";
        /** at once, or when the running period or term ends; without a term each period is one */
        when?: "now" | "period_end" | "term_end";
        /** the day on which it takes effect; not before what was billed in arrears */
        on?: string;
      } | {
        action: "add_add_on";
        /** UUIDv7 */
        planId: string;
        /** the newest published one of the given plan when absent */
        planVersion?: number;
        /** seats */
        quantity?: number;
        /** at once, or when the running period or term ends; without a term each period is one */
        when?: "now" | "period_end" | "term_end";
        /** the day on which it takes effect; not before what was billed in arrears */
        on?: string;
      } | {
        action: "change_add_on";
        /** UUIDv7 */
        addOnId: string;
        planVersion?: number;
        /** seats */
        quantity?: number;
        /** at once, or when the running period or term ends; without a term each period is one */
        when?: "now" | "period_end" | "term_end";
        /** the day on which it takes effect; not before what was billed in arrears */
        on?: string;
      } | {
        action: "remove_add_on";
        /** UUIDv7 */
        addOnId: string;
        /** at once, or when the running period or term ends; without a term each period is one */
        when?: "now" | "period_end" | "term_end";
        /** the last day, which is consumed */
        on?: string;
      } | {
        action: "remove_scheduled";
        scheduledChangeId: string;
      } | {
        action: "commit";
        /** null: none any more */
        commitment: {
          /** major units of the currency */
          amount: string;
          /** whole billing periods */
          term: {
            unit: "day" | "week" | "month" | "year";
            count: number;
          };
        } | null;
      } | {
        action: "set_term";
        /** null: none any more */
        term: {
          /** whole billing periods */
          length: {
            unit: "day" | "week" | "month" | "year";
            count: number;
          };
          /** whether another term follows; true when absent */
          renews?: boolean;
          /** days before its end on which the end of a term is announced; 30 when absent */
          noticeDays?: number;
        } | null;
      } | {
        action: "renew";
        /** whether another term follows the running one */
        renews: boolean;
      };
    };
    response: {
      /** as it would be */
      subscription: {
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
        prorationBasis: "day" | "second";
        /** canceled from the request on; it is served until its end */
        status: "active" | "canceled";
        state: "scheduled" | "trialing" | "active" | "paused" | "ended";
        /** calendar date in the account's time zone */
        startsOn: string;
        /** the date that every period boundary is counted from */
        anchor: string;
        /** whether the plan's trial was left out because the account had one before */
        trialSkipped: boolean;
        commitment: {
          /** major units of the currency */
          amount: string;
          /** whole billing periods */
          term: {
            unit: "day" | "week" | "month" | "year";
            count: number;
          };
        } | null;
        /** null: it goes on from period to period */
        term: {
          length: {
            unit: "day" | "week" | "month" | "year";
            count: number;
          };
          /** whether another term follows; the subscription ends with the running one otherwise */
          renews: boolean;
          noticeDays: number;
          /** of the running term, 1 for the first */
          number: number;
          /** calendar date in the account's time zone */
          startsOn: string;
          /** first date of the next term, or the first that is no longer subscribed */
          endsOn: string;
        } | null;
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
          /** key of the phase of the plan */
          phase: string;
          kind: "trial" | "intro" | "evergreen";
          /** costs no fees; usage in it is rated */
          paused: boolean;
          /** calendar date in the account's time zone */
          from: string;
          /** first date that is no longer in the phase */
          to: string | null;
          startsAt: string;
          endsAt: string | null;
        })[];
        addOns: ({
          /** UUIDv7 */
          id: string;
          /** UUIDv7 */
          planId: string;
          planVersion: number;
          quantity: number;
          /** calendar date in the account's time zone */
          from: string;
          to: string | null;
          phases: ({
            /** UUIDv7 */
            id: string;
            /** UUIDv7 */
            planId: string;
            planVersion: number;
            quantity: number;
            /** key of the phase of the plan */
            phase: string;
            kind: "trial" | "intro" | "evergreen";
            /** costs no fees; usage in it is rated */
            paused: boolean;
            /** calendar date in the account's time zone */
            from: string;
            /** first date that is no longer in the phase */
            to: string | null;
            startsAt: string;
            endsAt: string | null;
          })[];
        })[];
        version: number;
        createdAt: string;
        updatedAt: string;
      };
      /** what is due and the next billing, with usage so far; of a consolidated invoice the part of this subscription */
      invoices: ({
        billedAt: string;
        currency: string;
        subtotalMinor: string;
        discountMinor: string;
        /** null where it is not known, because an external service works it out when the invoice is written */
        taxMinor: string | null;
        taxes: ({
          category: string;
          percent: string;
          label: string;
          reverseCharge: boolean;
          /** why it is 0 % */
          zeroReason?: "zero_rated" | "exempt" | "reverse_charge" | "out_of_scope" | "export" | "intra_community";
          taxableMinor: string;
          taxMinor: string;
        })[];
        /** without tax where that is not known */
        totalMinor: string;
        /** prepaid credit that would be used, as it stands now; null where the tax is not known */
        creditsMinor: string | null;
        /** what is left to pay; null where the tax is not known */
        dueMinor: string | null;
        lines: ({
          kind: string;
          description: string;
          priceKey: string | null;
          periodIndex: number | null;
          quantityBilled: string;
          amountMinor: string;
          discountMinor: string;
          taxMinor: string;
          periodStart: string;
          periodEnd: string;
          detail: Record<string, unknown>;
        })[];
      })[];
      /** what these invoices would be without the change */
      without: ({
        billedAt: string;
        currency: string;
        subtotalMinor: string;
        discountMinor: string;
        /** null where it is not known, because an external service works it out when the invoice is written */
        taxMinor: string | null;
        taxes: ({
          category: string;
          percent: string;
          label: string;
          reverseCharge: boolean;
          /** why it is 0 % */
          zeroReason?: "zero_rated" | "exempt" | "reverse_charge" | "out_of_scope" | "export" | "intra_community";
          taxableMinor: string;
          taxMinor: string;
        })[];
        /** without tax where that is not known */
        totalMinor: string;
        /** prepaid credit that would be used, as it stands now; null where the tax is not known */
        creditsMinor: string | null;
        /** what is left to pay; null where the tax is not known */
        dueMinor: string | null;
        lines: ({
          kind: string;
          description: string;
          priceKey: string | null;
          periodIndex: number | null;
          quantityBilled: string;
          amountMinor: string;
          discountMinor: string;
          taxMinor: string;
          periodStart: string;
          periodEnd: string;
          detail: Record<string, unknown>;
        })[];
      })[];
      /** what all of `invoices` cost more than all of `without` */
      differenceMinor: string;
    };
  };
  /** Count the subscriptions that a migration to another plan version would touch */
  previewVersionMigration: {
    input: {
      body: {
        /** of a plan or an add-on */
        planId: string;
        /** the newest published one when absent */
        toVersion?: number;
        /** all older ones when absent */
        fromVersions?: number[];
        /** `term_end`: with the renewal; without a term each period is one */
        when?: "now" | "period_end" | "term_end";
      };
    };
    response: {
      toVersion: number;
      subscriptions: number;
      versions: {
        planVersion: number;
        currency: string;
        subscriptions: number;
      }[];
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
        /** keys of the plans that an add-on may be sold with; null: with any */
        addOnTo?: string[] | null;
        currency?: string;
        /** further currencies in which the plan is sold */
        currencies?: string[];
        period?: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
        /** in their order; one evergreen phase when absent */
        phases?: ({
          key: string;
          kind: "trial" | "intro" | "evergreen";
          length: {
            unit: "day" | "week" | "month" | "year";
            count: number;
          } | null;
        })[];
        /** how parts of a period are measured; "day" when absent */
        prorationBasis?: "day" | "second";
        /** whether the prices contain the tax */
        taxInclusive?: boolean;
        /** least that a period costs before tax, main currency */
        minimumSpend?: string | null;
        /** the same in each further currency */
        minimumSpends?: Record<string, string>;
        /** most that a period costs before tax, main currency */
        maximumSpend?: string | null;
        /** the same in each further currency */
        maximumSpends?: Record<string, string>;
        prices: ({
          key: string;
          description: string;
          /** in the main currency of the plan */
          model: {
            model: "flat";
            amount: string;
            timing: "advance" | "arrears";
          } | {
            model: "per_unit";
            unitAmount: string;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "graduated";
            tiers: ({
              upTo: string | null;
              /** major units, for example "0.0005" */
              unitAmount: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** whether the first tier's flat amount falls due without usage too */
            flatAtZero?: boolean;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "volume";
            tiers: ({
              upTo: string | null;
              /** major units, for example "0.0005" */
              unitAmount: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** whether the first tier's flat amount falls due without usage too */
            flatAtZero?: boolean;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "package";
            packageSize: string;
            packageAmount: string;
            freeUnits?: string;
            rounding?: "up" | "down";
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "percentage";
            /** percent of the metered amount */
            rate: string;
            /** part of the metered amount that costs nothing */
            freeUnits?: string;
            /** least that a period with chargeable usage costs */
            minimumAmount?: string;
            /** most that a period costs */
            maximumAmount?: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "graduated_percentage";
            tiers: ({
              upTo: string | null;
              /** percent, for example "2.9" */
              rate: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "matrix";
            /** properties by which the meter groups */
            dimensions: string[];
            cells: {
              /** a value for each dimension */
              values: Record<string, string>;
              unitAmount: string;
            }[];
            /** for values that no cell names */
            otherUnitAmount: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "bulk_commitment";
            /** committed units, paid for whether used or not */
            quantity: string;
            /** price of the committed units together */
            amount: string;
            /** price of each unit above them */
            overageUnitAmount: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          };
          /** a model for each further currency, with the same meter, dimensions and timing */
          models?: Record<string, {
            model: "flat";
            amount: string;
            timing: "advance" | "arrears";
          } | {
            model: "per_unit";
            unitAmount: string;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "graduated";
            tiers: ({
              upTo: string | null;
              /** major units, for example "0.0005" */
              unitAmount: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** whether the first tier's flat amount falls due without usage too */
            flatAtZero?: boolean;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "volume";
            tiers: ({
              upTo: string | null;
              /** major units, for example "0.0005" */
              unitAmount: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** whether the first tier's flat amount falls due without usage too */
            flatAtZero?: boolean;
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "package";
            packageSize: string;
            packageAmount: string;
            freeUnits?: string;
            rounding?: "up" | "down";
            /** key of the meter; absent: the subscribed quantity (seats) */
            meter?: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "percentage";
            /** percent of the metered amount */
            rate: string;
            /** part of the metered amount that costs nothing */
            freeUnits?: string;
            /** least that a period with chargeable usage costs */
            minimumAmount?: string;
            /** most that a period costs */
            maximumAmount?: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "graduated_percentage";
            tiers: ({
              upTo: string | null;
              /** percent, for example "2.9" */
              rate: string;
              /** charged on entry to the tier */
              flatAmount?: string;
            })[];
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "matrix";
            /** properties by which the meter groups */
            dimensions: string[];
            cells: {
              /** a value for each dimension */
              values: Record<string, string>;
              unitAmount: string;
            }[];
            /** for values that no cell names */
            otherUnitAmount: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          } | {
            model: "bulk_commitment";
            /** committed units, paid for whether used or not */
            quantity: string;
            /** price of the committed units together */
            amount: string;
            /** price of each unit above them */
            overageUnitAmount: string;
            /** key of the meter */
            meter: string;
            conversion?: {
              /** the raw quantity is divided by it, for example "1000000000" */
              divisor: string;
              rounding: "none" | "up" | "down" | "half_up";
              /** fraction digits kept when it is rounded */
              digits?: number;
            };
          }>;
          /** which tax rates apply; "standard" when absent */
          taxCategory?: string;
          /** keys of the phases that it belongs to; null or absent: all */
          phases?: string[] | null;
        })[];
        entitlements?: ({
          /** key of a feature of the same product */
          feature: string;
          /** true or false of a boolean feature, a decimal as text of a limit or a metered one */
          value: boolean | string;
          /** when a metered allowance begins anew; "period" when absent */
          reset?: "period" | "day" | "month" | "year" | "never" | null;
          /** most that is carried into the next allowance; null: nothing */
          rollOver?: string | null;
          /** whether more may be used; "deny" when absent */
          overage?: "allow" | "deny" | null;
          /** percent of the value that raise an alert */
          alertsAt?: number[];
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
      kind: "plan" | "add_on";
      family: {
        key: string;
        rank: number;
        upgrade: "now" | "period_end";
        downgrade: "now" | "period_end";
        changesTo: string[] | null;
      } | null;
      archived: boolean;
      planVersion: number;
      addOnTo: string[] | null;
      currency: string;
      currencies: string[];
      period: {
        unit: "day" | "week" | "month" | "year";
        count: number;
      };
      phases: ({
        key: string;
        kind: "trial" | "intro" | "evergreen";
        length: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        } | null;
      })[];
      prorationBasis: "day" | "second";
      taxInclusive: boolean;
      minimumSpend: string | null;
      minimumSpends: Record<string, string>;
      maximumSpend: string | null;
      maximumSpends: Record<string, string>;
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
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "graduated";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** whether the first tier's flat amount falls due without usage too */
          flatAtZero?: boolean;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "volume";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** whether the first tier's flat amount falls due without usage too */
          flatAtZero?: boolean;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "package";
          packageSize: string;
          packageAmount: string;
          freeUnits?: string;
          rounding?: "up" | "down";
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "percentage";
          /** percent of the metered amount */
          rate: string;
          /** part of the metered amount that costs nothing */
          freeUnits?: string;
          /** least that a period with chargeable usage costs */
          minimumAmount?: string;
          /** most that a period costs */
          maximumAmount?: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "graduated_percentage";
          tiers: ({
            upTo: string | null;
            /** percent, for example "2.9" */
            rate: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "matrix";
          /** properties by which the meter groups */
          dimensions: string[];
          cells: {
            /** a value for each dimension */
            values: Record<string, string>;
            unitAmount: string;
          }[];
          /** for values that no cell names */
          otherUnitAmount: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "bulk_commitment";
          /** committed units, paid for whether used or not */
          quantity: string;
          /** price of the committed units together */
          amount: string;
          /** price of each unit above them */
          overageUnitAmount: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        };
        /** which tax rates apply to it */
        taxCategory: string;
        /** keys of the plan's phases that it belongs to; null: to all */
        phases: string[] | null;
        models: Record<string, {
          model: "flat";
          amount: string;
          timing: "advance" | "arrears";
        } | {
          model: "per_unit";
          unitAmount: string;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "graduated";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** whether the first tier's flat amount falls due without usage too */
          flatAtZero?: boolean;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "volume";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** whether the first tier's flat amount falls due without usage too */
          flatAtZero?: boolean;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "package";
          packageSize: string;
          packageAmount: string;
          freeUnits?: string;
          rounding?: "up" | "down";
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "percentage";
          /** percent of the metered amount */
          rate: string;
          /** part of the metered amount that costs nothing */
          freeUnits?: string;
          /** least that a period with chargeable usage costs */
          minimumAmount?: string;
          /** most that a period costs */
          maximumAmount?: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "graduated_percentage";
          tiers: ({
            upTo: string | null;
            /** percent, for example "2.9" */
            rate: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "matrix";
          /** properties by which the meter groups */
          dimensions: string[];
          cells: {
            /** a value for each dimension */
            values: Record<string, string>;
            unitAmount: string;
          }[];
          /** for values that no cell names */
          otherUnitAmount: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "bulk_commitment";
          /** committed units, paid for whether used or not */
          quantity: string;
          /** price of the committed units together */
          amount: string;
          /** price of each unit above them */
          overageUnitAmount: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        }>;
      })[];
      entitlements: ({
        /** key of the feature */
        feature: string;
        type: "boolean" | "limit" | "metered";
        /** true or false of a boolean feature, a decimal of the others */
        value: boolean | string;
        /** key of the meter of a metered feature */
        meter: string | null;
        /** of a metered feature */
        reset: "period" | "day" | "month" | "year" | "never" | null;
        /** most that is carried into the next allowance; null: nothing */
        rollOver: string | null;
        /** whether more than the value may be used */
        overage: "allow" | "deny" | null;
        /** percent of the value at which an alert is raised */
        alertsAt: number[];
      })[];
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Register a resource of an application, or the application's own name for a user, with properties */
  putAccessEntity: {
    input: {
      params: {
        type: string;
        id: string;
      };
      body: {
        /** the member of the tenant for whom this is a name */
        userId?: string | null;
        properties?: Record<string, string | number | boolean | null>;
      };
    };
    response: {
      type: string;
      id: string;
      userId: string | null;
      properties: Record<string, unknown>;
    };
  };
  /** Take a cancellation back, or start an ended subscription anew */
  reactivateSubscription: {
    input: {
      params: {
        /** UUIDv7 */
        subscriptionId: string;
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
      prorationBasis: "day" | "second";
      /** canceled from the request on; it is served until its end */
      status: "active" | "canceled";
      state: "scheduled" | "trialing" | "active" | "paused" | "ended";
      /** calendar date in the account's time zone */
      startsOn: string;
      /** the date that every period boundary is counted from */
      anchor: string;
      /** whether the plan's trial was left out because the account had one before */
      trialSkipped: boolean;
      commitment: {
        /** major units of the currency */
        amount: string;
        /** whole billing periods */
        term: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
      } | null;
      /** null: it goes on from period to period */
      term: {
        length: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
        /** whether another term follows; the subscription ends with the running one otherwise */
        renews: boolean;
        noticeDays: number;
        /** of the running term, 1 for the first */
        number: number;
        /** calendar date in the account's time zone */
        startsOn: string;
        /** first date of the next term, or the first that is no longer subscribed */
        endsOn: string;
      } | null;
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
        /** key of the phase of the plan */
        phase: string;
        kind: "trial" | "intro" | "evergreen";
        /** costs no fees; usage in it is rated */
        paused: boolean;
        /** calendar date in the account's time zone */
        from: string;
        /** first date that is no longer in the phase */
        to: string | null;
        startsAt: string;
        endsAt: string | null;
      })[];
      addOns: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        planId: string;
        planVersion: number;
        quantity: number;
        /** calendar date in the account's time zone */
        from: string;
        to: string | null;
        phases: ({
          /** UUIDv7 */
          id: string;
          /** UUIDv7 */
          planId: string;
          planVersion: number;
          quantity: number;
          /** key of the phase of the plan */
          phase: string;
          kind: "trial" | "intro" | "evergreen";
          /** costs no fees; usage in it is rated */
          paused: boolean;
          /** calendar date in the account's time zone */
          from: string;
          /** first date that is no longer in the phase */
          to: string | null;
          startsAt: string;
          endsAt: string | null;
        })[];
      })[];
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Take what a payment gateway tells */
  receiveGatewayEvent: {
    input: {
      params: {
        /** UUIDv7 */
        gatewayAccountId: string;
      };
      body: unknown;
    };
    response: {
      received: true;
      duplicate: boolean;
    };
  };
  /** Hold the books against the gateways' own, day by day */
  reconcilePayments: {
    input: {
      query: {
        from: string;
        /** the last day, at most 30 days after the first one */
        to: string;
      };
    };
    response: {
      days: ({
        date: string;
        gateway: "stripe" | "manual" | "bank_transfer";
        gatewayAccountId: string | null;
        /** other: fees, payouts, transfers */
        kind: "payment" | "refund" | "chargeback" | "other";
        currency: string;
        ownCount: number;
        ownMinor: string;
        /** null: there is no gateway with books of its own */
        gatewayCount: number | null;
        gatewayMinor: string | null;
        feeMinor: string | null;
      })[];
      differences: ({
        problem: "missing_here" | "missing_at_gateway" | "amount_differs" | "currency_differs";
        kind: "payment" | "refund" | "chargeback";
        /** UUIDv7 */
        gatewayAccountId: string;
        gatewayId: string | null;
        /** of the payment, refund or chargeback here */
        id: string | null;
        currency: string;
        ownMinor: string | null;
        gatewayMinor: string | null;
      })[];
    };
  };
  /** Redeem a coupon for all that an account pays */
  redeemAccountCoupon: {
    input: {
      params: {
        /** UUIDv7 */
        accountId: string;
      };
      body: {
        code: string;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      code: string;
      /** as it was redeemed */
      coupon: {
        /** UUIDv7 */
        couponId: string;
        code: string;
        name: string;
        discount: {
          kind: "percent";
          percent: string;
        } | {
          kind: "amount";
          amount: string;
          currency: string;
        };
        periods: number | null;
        plans: string[] | null;
        prices: string[] | null;
        redeemableUntil: string | null;
        maximumRedemptions: number | null;
        oncePerAccount: boolean;
        archived: boolean;
      };
      /** UUIDv7 */
      accountId: string;
      /** null: it lowers all invoices that the account pays */
      subscriptionId: string | null;
      redeemedAt: string;
      removedAt: string | null;
      /** invoices that it lowers so far */
      uses: number;
      /** invoices that it may still lower; null: any number */
      periodsLeft: number | null;
    };
  };
  /** Redeem a coupon for a subscription's next invoices */
  redeemSubscriptionCoupon: {
    input: {
      params: {
        /** UUIDv7 */
        subscriptionId: string;
      };
      body: {
        code: string;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      code: string;
      /** as it was redeemed */
      coupon: {
        /** UUIDv7 */
        couponId: string;
        code: string;
        name: string;
        discount: {
          kind: "percent";
          percent: string;
        } | {
          kind: "amount";
          amount: string;
          currency: string;
        };
        periods: number | null;
        plans: string[] | null;
        prices: string[] | null;
        redeemableUntil: string | null;
        maximumRedemptions: number | null;
        oncePerAccount: boolean;
        archived: boolean;
      };
      /** UUIDv7 */
      accountId: string;
      /** null: it lowers all invoices that the account pays */
      subscriptionId: string | null;
      redeemedAt: string;
      removedAt: string | null;
      /** invoices that it lowers so far */
      uses: number;
      /** invoices that it may still lower; null: any number */
      periodsLeft: number | null;
    };
  };
  /** Send a message again, under the same webhook-id */
  redeliverWebhook: {
    input: {
      params: {
        /** UUIDv7 */
        webhookId: string;
        /** UUIDv7 */
        deliveryId: string;
      };
    };
    response: {
      /** webhook-id of the message */
      id: string;
      eventType: string;
      status: "waiting" | "delivered" | "failed";
      attempts: number;
      createdAt: string;
      nextAttemptAt: string | null;
      lastAttemptAt: string | null;
      /** HTTP status that the receiver answered with */
      lastStatus: number | null;
      /** beginning of what it answered */
      lastResponse: string | null;
      lastError: string | null;
      /** the message as it is signed */
      body: string;
    };
  };
  /** Reject a request of somebody else */
  rejectRequest: {
    input: {
      params: {
        /** UUIDv7 */
        approvalId: string;
      };
      body: {
        note?: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      action: "refund" | "credit_note" | "write_off" | "void" | "adjustment" | "credit" | "coupon" | "recorded_payment";
      /** UUIDv7 */
      accountId: string;
      disputeId: string | null;
      currency: string;
      /** null: what it comes to is not known beforehand, such as a percentage */
      amountMinor: string | null;
      reason: string;
      /** with which it is done once it is approved */
      input: Record<string, unknown>;
      /** approved: it is done at once, or by itself a little later; then it is executed or failed */
      status: "pending" | "approved" | "executed" | "failed" | "rejected" | "canceled" | "expired";
      requestedBy: string;
      requestedAt: string;
      expiresAt: string;
      decidedBy: string | null;
      decidedAt: string | null;
      decisionNote: string | null;
      executedAt: string | null;
      /** what came of it */
      result: {
        type: string;
        /** UUIDv7 */
        id: string;
      } | null;
      failure: {
        code: string;
        message: string;
      } | null;
      version: number;
    };
  };
  /** End an account's redeemed coupon */
  removeAccountCoupon: {
    input: {
      params: {
        /** UUIDv7 */
        accountId: string;
        /** UUIDv7 */
        redemptionId: string;
      };
    };
    response: undefined;
  };
  /** Cancel an add-on, at the end of the term (without one, of the period) unless asked otherwise */
  removeAddOn: {
    input: {
      params: {
        /** UUIDv7 */
        subscriptionId: string;
        /** UUIDv7 */
        addOnId: string;
      };
      body: {
        /** at once, or when the running period or term ends; without a term each period is one */
        when?: "now" | "period_end" | "term_end";
        /** the last day, which is consumed */
        on?: string;
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
      prorationBasis: "day" | "second";
      /** canceled from the request on; it is served until its end */
      status: "active" | "canceled";
      state: "scheduled" | "trialing" | "active" | "paused" | "ended";
      /** calendar date in the account's time zone */
      startsOn: string;
      /** the date that every period boundary is counted from */
      anchor: string;
      /** whether the plan's trial was left out because the account had one before */
      trialSkipped: boolean;
      commitment: {
        /** major units of the currency */
        amount: string;
        /** whole billing periods */
        term: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
      } | null;
      /** null: it goes on from period to period */
      term: {
        length: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
        /** whether another term follows; the subscription ends with the running one otherwise */
        renews: boolean;
        noticeDays: number;
        /** of the running term, 1 for the first */
        number: number;
        /** calendar date in the account's time zone */
        startsOn: string;
        /** first date of the next term, or the first that is no longer subscribed */
        endsOn: string;
      } | null;
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
        /** key of the phase of the plan */
        phase: string;
        kind: "trial" | "intro" | "evergreen";
        /** costs no fees; usage in it is rated */
        paused: boolean;
        /** calendar date in the account's time zone */
        from: string;
        /** first date that is no longer in the phase */
        to: string | null;
        startsAt: string;
        endsAt: string | null;
      })[];
      addOns: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        planId: string;
        planVersion: number;
        quantity: number;
        /** calendar date in the account's time zone */
        from: string;
        to: string | null;
        phases: ({
          /** UUIDv7 */
          id: string;
          /** UUIDv7 */
          planId: string;
          planVersion: number;
          quantity: number;
          /** key of the phase of the plan */
          phase: string;
          kind: "trial" | "intro" | "evergreen";
          /** costs no fees; usage in it is rated */
          paused: boolean;
          /** calendar date in the account's time zone */
          from: string;
          /** first date that is no longer in the phase */
          to: string | null;
          startsAt: string;
          endsAt: string | null;
        })[];
      })[];
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Remove the authenticator app and the recovery codes */
  removeAuthenticator: {
    input: {
      body: {
        password?: string;
      };
    };
    response: {
      removed: true;
    };
  };
  /** Bill usage at the end of its period only */
  removeBillingThreshold: {
    input: {
      params: {
        /** UUIDv7 */
        subscriptionId: string;
      };
    };
    response: undefined;
  };
  /** Take a line off a draft; one of a subscription stays with an amount of nothing */
  removeDraftLine: {
    input: {
      params: {
        /** UUIDv7 */
        invoiceId: string;
        position: number;
      };
      query: {
        reason: string;
      };
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** without gaps in the legal entity; null for a draft */
      number: string | null;
      /** who issues it; the tenant's id names the default one */
      legalEntityId: string;
      /** what was said of the legal entity when it was issued */
      legalEntityVersion: number;
      /** who pays it */
      accountId: string;
      /** the only subscription on it; null when there are several or none */
      subscriptionId: string | null;
      reason: "period" | "threshold" | "one_off";
      billedAt: string;
      currency: string;
      timeZone: string;
      status: "draft" | "finalized" | "past_due" | "paid" | "void" | "written_off";
      customer: {
        key: string;
        name: string;
        email: string | null;
        billing: {
          /** name on invoices; the account's when absent */
          name?: string;
          /** where invoices are sent */
          email?: string;
          address?: {
            line1: string;
            line2?: string;
            city: string;
            /** state, province or canton, as ISO 3166-2 without the country where there is a code */
            region?: string;
            postalCode?: string;
            country: string;
          };
          /** such as a VAT identification number, with its country prefix */
          taxId?: string;
          taxExempt?: boolean;
          /** BCP 47 tag of the language of invoices */
          language?: string;
          /** the customer's own reference: purchase order, cost centre, Leitweg-ID */
          reference?: string;
          paymentTermDays?: number;
          /** key of the legal entity that bills it */
          legalEntity?: string;
          invoicing?: "consolidated" | "per_subscription";
        };
      };
      /** sum of the rounded lines, in the smallest unit */
      subtotalMinor: string;
      discountMinor: string;
      taxMinor: string;
      taxes: ({
        category: string;
        percent: string;
        label: string;
        reverseCharge: boolean;
        /** why it is 0 % */
        zeroReason?: "zero_rated" | "exempt" | "reverse_charge" | "out_of_scope" | "export" | "intra_community";
        taxableMinor: string;
        taxMinor: string;
      })[];
      totalMinor: string;
      dueOn: string | null;
      /** when a draft is finalized by itself; null: when somebody finalizes it */
      reviewUntil: string | null;
      /** how far a draft is worked out: discounts and tax are missing, tax is missing, all is there */
      calculation: "pending" | "untaxed" | "done";
      /** paid from prepaid credit; negative: what was overpaid became credit */
      creditsMinor: string;
      paidMinor: string;
      /** taken back by credit notes */
      creditedMinor: string;
      writtenOffMinor: string;
      /** still to be paid */
      dueMinor: string;
      lineCount: number;
      version: number;
      createdAt: string;
      updatedAt: string;
      finalizedAt: string | null;
      paidAt: string | null;
      voidedAt: string | null;
    };
  };
  /** Remove an email domain; members stay */
  removeEmailDomain: {
    input: {
      params: {
        /** UUIDv7 */
        domainId: string;
      };
    };
    response: undefined;
  };
  /** Remove somebody from a group */
  removeGroupMember: {
    input: {
      params: {
        /** UUIDv7 */
        groupId: string;
        /** UUIDv7 */
        userId: string;
      };
    };
    response: undefined;
  };
  /** Remove a member: their roles end, and the API keys that they made in the tenant are revoked */
  removeOrganizationMember: {
    input: {
      params: {
        /** UUIDv7 */
        organizationId: string;
        /** UUIDv7 */
        userId: string;
      };
    };
    response: undefined;
  };
  /** Remove a payment method, here and at the gateway */
  removePaymentMethod: {
    input: {
      params: {
        /** UUIDv7 */
        paymentMethodId: string;
      };
    };
    response: undefined;
  };
  /** Take a role on the whole platform away */
  removePlatformRoleAssignment: {
    input: {
      params: {
        /** UUIDv7 */
        assignmentId: string;
      };
    };
    response: undefined;
  };
  /** Take a role away */
  removeRoleAssignment: {
    input: {
      params: {
        /** UUIDv7 */
        assignmentId: string;
      };
    };
    response: undefined;
  };
  /** Take a scheduled change back */
  removeScheduledChange: {
    input: {
      params: {
        /** UUIDv7 */
        subscriptionId: string;
        scheduledChangeId: string;
      };
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
      prorationBasis: "day" | "second";
      /** canceled from the request on; it is served until its end */
      status: "active" | "canceled";
      state: "scheduled" | "trialing" | "active" | "paused" | "ended";
      /** calendar date in the account's time zone */
      startsOn: string;
      /** the date that every period boundary is counted from */
      anchor: string;
      /** whether the plan's trial was left out because the account had one before */
      trialSkipped: boolean;
      commitment: {
        /** major units of the currency */
        amount: string;
        /** whole billing periods */
        term: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
      } | null;
      /** null: it goes on from period to period */
      term: {
        length: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
        /** whether another term follows; the subscription ends with the running one otherwise */
        renews: boolean;
        noticeDays: number;
        /** of the running term, 1 for the first */
        number: number;
        /** calendar date in the account's time zone */
        startsOn: string;
        /** first date of the next term, or the first that is no longer subscribed */
        endsOn: string;
      } | null;
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
        /** key of the phase of the plan */
        phase: string;
        kind: "trial" | "intro" | "evergreen";
        /** costs no fees; usage in it is rated */
        paused: boolean;
        /** calendar date in the account's time zone */
        from: string;
        /** first date that is no longer in the phase */
        to: string | null;
        startsAt: string;
        endsAt: string | null;
      })[];
      addOns: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        planId: string;
        planVersion: number;
        quantity: number;
        /** calendar date in the account's time zone */
        from: string;
        to: string | null;
        phases: ({
          /** UUIDv7 */
          id: string;
          /** UUIDv7 */
          planId: string;
          planVersion: number;
          quantity: number;
          /** key of the phase of the plan */
          phase: string;
          kind: "trial" | "intro" | "evergreen";
          /** costs no fees; usage in it is rated */
          paused: boolean;
          /** calendar date in the account's time zone */
          from: string;
          /** first date that is no longer in the phase */
          to: string | null;
          startsAt: string;
          endsAt: string | null;
        })[];
      })[];
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** End a redeemed coupon; invoices that are final keep their discount */
  removeSubscriptionCoupon: {
    input: {
      params: {
        /** UUIDv7 */
        subscriptionId: string;
        /** UUIDv7 */
        redemptionId: string;
      };
    };
    response: undefined;
  };
  /** Give a passkey another name */
  renamePasskey: {
    input: {
      params: {
        /** UUIDv7 */
        passkeyId: string;
      };
      body: {
        name: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      name: string;
      /** whether it is kept on several devices */
      backedUp: boolean;
      createdAt: string;
      lastUsedAt: string | null;
    };
  };
  /** Give one of the caller's own sessions a name */
  renameSession: {
    input: {
      params: {
        /** UUIDv7 */
        sessionId: string;
      };
      body: {
        name: string;
      };
    };
    response: undefined;
  };
  /** Make new recovery codes; the old ones no longer work */
  renewRecoveryCodes: {
    input: {
      body: {
        password?: string;
      };
    };
    response: {
      /** shown once; each is good for one sign-in without the app */
      recoveryCodes: string[];
    };
  };
  /** Take back the request to delete a tenant */
  reopenTenant: {
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
      /** what the operator says; goes before what the plan allows */
      limits: Record<string, number>;
      /** what the plan allows; a name that is absent in both is not limited */
      planLimits: Record<string, number>;
      /** whether it is there to try things out, and may stop its time */
      sandbox: boolean;
      /** where its time stands; null: it goes with everybody's */
      testClock: string | null;
      /** when a closing tenant is deleted */
      deletesAt: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Replace what is said of a legal entity; invoices issued before keep what it was */
  replaceLegalEntity: {
    input: {
      params: {
        /** UUIDv7 */
        legalEntityId: string;
      };
      body: {
        key: string;
        name: string;
        address?: {
          line1: string;
          line2?: string;
          city: string;
          /** state, province or canton, as ISO 3166-2 without the country where there is a code */
          region?: string;
          postalCode?: string;
          country: string;
        } | null;
        /** such as a VAT identification number */
        taxId?: string | null;
        /** register and number, as printed */
        registration?: string | null;
        email?: string | null;
        /** of the contact that e-invoices name */
        phone?: string | null;
        bank?: {
          holder: string;
          iban: string;
          bic?: string | null;
          bankName?: string | null;
        } | null;
        /** text at the foot of documents by language tag */
        footer?: Record<string, string>;
        /** stands before the numbers of invoices from now on */
        invoicePrefix?: string;
        creditNotePrefix?: string;
        /** whether tax is rounded on each line, or once for each rate from the sum */
        taxRounding?: "line" | "total";
        /** where taxes come from: the table of rates, or the configured tax service */
        taxProvider?: "rates" | "external";
        /** countries of one tax union with the entity, itself among them: businesses elsewhere in it owe the tax themselves */
        taxUnion?: string[];
        paymentTermDays?: number;
        /** how long drafts wait before they are finalized by themselves */
        reviewHours?: number;
      };
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      key: string;
      /** empty for the default one before it is set */
      name: string;
      address: {
        line1: string;
        line2?: string;
        city: string;
        /** state, province or canton, as ISO 3166-2 without the country where there is a code */
        region?: string;
        postalCode?: string;
        country: string;
      } | null;
      /** such as a VAT identification number */
      taxId: string | null;
      /** register and number, as printed */
      registration: string | null;
      email: string | null;
      /** of the contact that e-invoices name */
      phone: string | null;
      bank: {
        holder: string;
        iban: string;
        bic: string | null;
        bankName: string | null;
      } | null;
      /** text at the foot of documents by language tag */
      footer: Record<string, string>;
      /** stands before the numbers of invoices from now on */
      invoicePrefix: string;
      creditNotePrefix: string;
      /** whether tax is rounded on each line, or once for each rate from the sum */
      taxRounding: "line" | "total";
      /** where taxes come from: the table of rates, or the configured tax service */
      taxProvider: "rates" | "external";
      /** countries of one tax union with the entity, itself among them: businesses elsewhere in it owe the tax themselves */
      taxUnion: string[];
      paymentTermDays: number;
      /** how long drafts wait before they are finalized by themselves */
      reviewHours: number;
      /** UUIDv7 */
      id: string;
      /** 0 for the default one before it is set */
      version: number;
      createdAt: string | null;
      updatedAt: string | null;
    };
  };
  /** Decide how the members of the tenant must sign in */
  replaceSignInPolicy: {
    input: {
      body: {
        secondFactorRequired: boolean;
        methods: ("password" | "email" | "passkey" | "federated")[];
      };
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      secondFactorRequired: boolean;
      /** ways of signing in that the tenant accepts; one of them is enough */
      methods: ("password" | "email" | "passkey" | "federated")[];
      /** 0 when nothing was decided */
      version: number;
    };
  };
  /** Replace a tax rate; invoices that are final keep theirs */
  replaceTaxRate: {
    input: {
      params: {
        /** UUIDv7 */
        taxRateId: string;
      };
      body: {
        /** tax category of prices, such as `standard` or `reduced` */
        category: string;
        country: string;
        /** region of the customer's address; null: the whole country */
        region?: string | null;
        percent: string;
        /** as printed, such as `VAT` */
        label: string;
        validFrom?: string;
        /** first date on which it no longer applies */
        validTo?: string | null;
      };
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** tax category of prices, such as `standard` or `reduced` */
      category: string;
      country: string;
      /** region of the customer's address; null: the whole country */
      region: string | null;
      percent: string;
      /** as printed, such as `VAT` */
      label: string;
      validFrom: string;
      /** first date on which it no longer applies */
      validTo: string | null;
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      legalEntityId: string;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Give an event other data, and count that instead */
  replaceUsageEvent: {
    input: {
      body: {
        source: string;
        id: string;
        /** of the account that the event counts for */
        accountId: string;
        /** the event's time; finds it faster */
        time?: string;
        reason: string;
        data: Record<string, unknown>;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      source: string;
      id: string;
      type: string;
      /** UUIDv7 */
      accountId: string;
      time: string;
      receivedAt: string;
      data: Record<string, unknown>;
      /** counted no more */
      retracted: boolean;
      corrections: ({
        kind: "retracted" | "replaced";
        reason: string;
        previousData: unknown;
        correctedBy: string | null;
        correctedAt: string;
      })[];
    };
  };
  /** Count the unmatched events whose meter and account exist now */
  replayUnmatchedUsage: {
    input: {};
    response: {
      counted: number;
      unmatched: number;
    };
  };
  /** Send a link and a code to sign in with */
  requestEmailSignIn: {
    input: {
      body: {
        email: string;
      };
    };
    response: {
      requested: true;
    };
  };
  /** Send a link to set a new password */
  requestPasswordReset: {
    input: {
      body: {
        email: string;
      };
    };
    response: {
      requested: true;
    };
  };
  /** Have an archive made of everything that is held about a tenant */
  requestTenantExport: {
    input: {
      params: {
        /** UUIDv7 */
        tenantId: string;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      tenantId: string;
      requestedBy: string;
      status: "waiting" | "running" | "ready" | "failed";
      /** of the compressed archive, so far */
      sizeBytes: number;
      rows: number;
      createdAt: string;
      finishedAt: string | null;
      expiresAt: string;
    };
  };
  /** Send the mail that confirms an email address again */
  requestVerification: {
    input: {
      body: {
        email: string;
      };
    };
    response: {
      requested: true;
    };
  };
  /** Send an invitation again; the link of the mail before is dead */
  resendInvitation: {
    input: {
      params: {
        /** UUIDv7 */
        invitationId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      email: string;
      roles: string[];
      status: "open" | "accepted" | "revoked" | "expired";
      /** UUIDv7 */
      invitedBy: string;
      createdAt: string;
      /** when the last mail was sent */
      sentAt: string;
      expiresAt: string;
      acceptedAt: string | null;
      acceptedBy: string | null;
    };
  };
  /** Send a refused event again, corrected where the request has an event */
  resendRejectedUsage: {
    input: {
      params: {
        /** UUIDv7 */
        rejectedId: string;
      };
      body: {
        event?: Record<string, unknown>;
      };
    };
    response: {
      accepted: number;
      duplicates: number;
      unmatched: number;
    };
  };
  /** Send a user a mail to choose a new password */
  resetUserPassword: {
    input: {
      params: {
        /** UUIDv7 */
        userId: string;
      };
    };
    response: undefined;
  };
  /** Charge and remind by itself again */
  resumeInvoiceDunning: {
    input: {
      params: {
        /** UUIDv7 */
        invoiceId: string;
      };
    };
    response: {
      /** UUIDv7 */
      invoiceId: string;
      /** UUIDv7 */
      accountId: string;
      /** keys of the steps that were reached */
      reached: string[];
      /** why nothing happens by itself; null: it does */
      paused: "refund" | "chargeback" | "agent" | "dispute" | null;
      lastStepAt: string | null;
      version: number;
    };
  };
  /** End the pause of a subscription */
  resumeSubscription: {
    input: {
      params: {
        /** UUIDv7 */
        subscriptionId: string;
      };
      body: {
        /** at once, or when the running period or term ends; without a term each period is one */
        when?: "now" | "period_end" | "term_end";
        /** the day on which it takes effect; not before what was billed in arrears */
        on?: string;
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
      prorationBasis: "day" | "second";
      /** canceled from the request on; it is served until its end */
      status: "active" | "canceled";
      state: "scheduled" | "trialing" | "active" | "paused" | "ended";
      /** calendar date in the account's time zone */
      startsOn: string;
      /** the date that every period boundary is counted from */
      anchor: string;
      /** whether the plan's trial was left out because the account had one before */
      trialSkipped: boolean;
      commitment: {
        /** major units of the currency */
        amount: string;
        /** whole billing periods */
        term: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
      } | null;
      /** null: it goes on from period to period */
      term: {
        length: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        };
        /** whether another term follows; the subscription ends with the running one otherwise */
        renews: boolean;
        noticeDays: number;
        /** of the running term, 1 for the first */
        number: number;
        /** calendar date in the account's time zone */
        startsOn: string;
        /** first date of the next term, or the first that is no longer subscribed */
        endsOn: string;
      } | null;
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
        /** key of the phase of the plan */
        phase: string;
        kind: "trial" | "intro" | "evergreen";
        /** costs no fees; usage in it is rated */
        paused: boolean;
        /** calendar date in the account's time zone */
        from: string;
        /** first date that is no longer in the phase */
        to: string | null;
        startsAt: string;
        endsAt: string | null;
      })[];
      addOns: ({
        /** UUIDv7 */
        id: string;
        /** UUIDv7 */
        planId: string;
        planVersion: number;
        quantity: number;
        /** calendar date in the account's time zone */
        from: string;
        to: string | null;
        phases: ({
          /** UUIDv7 */
          id: string;
          /** UUIDv7 */
          planId: string;
          planVersion: number;
          quantity: number;
          /** key of the phase of the plan */
          phase: string;
          kind: "trial" | "intro" | "evergreen";
          /** costs no fees; usage in it is rated */
          paused: boolean;
          /** calendar date in the account's time zone */
          from: string;
          /** first date that is no longer in the phase */
          to: string | null;
          startsAt: string;
          endsAt: string | null;
        })[];
      })[];
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Count an event no more */
  retractUsageEvent: {
    input: {
      body: {
        source: string;
        id: string;
        /** of the account that the event counts for */
        accountId: string;
        /** the event's time; finds it faster */
        time?: string;
        reason: string;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      source: string;
      id: string;
      type: string;
      /** UUIDv7 */
      accountId: string;
      time: string;
      receivedAt: string;
      data: Record<string, unknown>;
      /** counted no more */
      retracted: boolean;
      corrections: ({
        kind: "retracted" | "replaced";
        reason: string;
        previousData: unknown;
        correctedBy: string | null;
        correctedAt: string;
      })[];
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
  /** Revoke an invitation */
  revokeInvitation: {
    input: {
      params: {
        /** UUIDv7 */
        invitationId: string;
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
  /** Give an API key another secret, while the one before goes on for a while */
  rotateApiKey: {
    input: {
      params: {
        /** UUIDv7 */
        apiKeyId: string;
      };
      body: {
        /** for how long the secret before still counts; an older one ends at once */
        overlapSeconds?: number;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      name: string;
      prefix: string;
      scopes: ("user:read" | "user:write" | "user:impersonate" | "user:disable" | "user:administer" | "invitation:read" | "invitation:write" | "group:read" | "group:write" | "role:read" | "role:write" | "service-account:read" | "service-account:write" | "identity-provider:read" | "identity-provider:write" | "client:read" | "client:write" | "policy:read" | "policy:write" | "webhook:read" | "webhook:write" | "scim:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "tenant:export" | "tenant:delete" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "account:link" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "coupon:read" | "coupon:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "legal-entity:read" | "legal-entity:write" | "credit-note:read" | "credit-note:write" | "payment:read" | "payment:write" | "payment:refund" | "dispute:read" | "dispute:write" | "dispute:approve" | "credit:read" | "credit:write" | "report:read" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "usage:backfill" | "usage:correct" | "quota:read" | "quota:write" | "audit:read")[];
      /** UUIDv7 */
      createdBy: string;
      createdAt: string;
      expiresAt: string | null;
      revokedAt: string | null;
      /** requests a minute in all, beside the limits of routes */
      rateLimit: number | null;
      rotatedAt: string | null;
      /** until when the secret before the last rotation counts */
      overlapUntil: string | null;
      lastUsedAt: string | null;
      key: string;
    };
  };
  /** Give a client another secret, while the one before goes on for a while */
  rotateClientSecret: {
    input: {
      params: {
        clientId: string;
      };
      body: {
        /** for how long the secret before still counts */
        overlapSeconds?: number;
      };
    };
    response: {
      secret: string;
      previousEndsAt: string;
    };
  };
  /** Give a service account another secret, while those before go on for a while */
  rotateServiceAccountSecret: {
    input: {
      params: {
        /** UUIDv7 */
        serviceAccountId: string;
      };
      body: {
        /** for how long the secrets before still count */
        overlapSeconds?: number;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      prefix: string;
      createdAt: string;
      expiresAt: string | null;
      secret: string;
      overlapUntil: string;
    };
  };
  /** Sign with another secret, and for a while also with the one before */
  rotateWebhookSecret: {
    input: {
      params: {
        /** UUIDv7 */
        webhookId: string;
      };
      body: {
        overlapSeconds?: number;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      url: string;
      description: string | null;
      eventTypes: ("identity.signed_in" | "identity.signed_out" | "identity.disabled" | "identity.enabled" | "member.joined" | "member.left" | "invitation.created" | "invitation.accepted" | "invitation.revoked" | "usage.threshold_reached" | "usage.quota_exceeded")[];
      enabled: boolean;
      disabledBecause: "owner" | "failing" | null;
      /** until when messages are also signed with the secret before */
      overlapUntil: string | null;
      createdBy: string | null;
      createdAt: string;
      updatedAt: string;
      version: number;
      secret: string;
    };
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
  /** Tell Kill Bill all that is new and read its invoices now */
  runKillBillMirror: {
    input: {
      body: Record<string, unknown>;
    };
    response: {
      catalogueUploaded: boolean;
      /** made at Kill Bill */
      accounts: number;
      /** subscriptions begun, changed and canceled at Kill Bill */
      steps: number;
      /** usage records sent */
      usages: number;
      /** invoices read */
      invoices: number;
      /** subscriptions and usage records that were refused; they are tried again */
      failed: number;
    };
  };
  /** Find what a subject may do to a resource (AuthZEN 1.0) */
  searchActions: {
    input: {
      body: {
        subject: {
          type: string;
          id: string;
          properties?: Record<string, unknown> | null;
        };
        resource: {
          type: string;
          id: string;
          properties?: Record<string, unknown> | null;
        };
        context?: Record<string, unknown> | null;
        page?: {
          token?: string;
          limit?: number;
        };
      };
    };
    response: {
      results: {
        name: string;
      }[];
      page: {
        next_token: string;
      };
    };
  };
  /** Find the resources to which a subject may do something (AuthZEN 1.0) */
  searchResources: {
    input: {
      body: {
        subject: {
          type: string;
          id: string;
          properties?: Record<string, unknown> | null;
        };
        action: {
          name: string;
          properties?: Record<string, unknown> | null;
        };
        resource: {
          type: string;
        };
        context?: Record<string, unknown> | null;
        page?: {
          token?: string;
          limit?: number;
        };
      };
    };
    response: {
      results: {
        type: string;
        id: string;
      }[];
      page: {
        next_token: string;
      };
    };
  };
  /** Find who may do something to a resource (AuthZEN 1.0) */
  searchSubjects: {
    input: {
      body: {
        subject: {
          type: string;
          properties?: Record<string, unknown> | null;
        };
        action: {
          name: string;
          properties?: Record<string, unknown> | null;
        };
        resource: {
          type: string;
          id: string;
          properties?: Record<string, unknown> | null;
        };
        context?: Record<string, unknown> | null;
        page?: {
          token?: string;
          limit?: number;
        };
      };
    };
    response: {
      results: {
        type: string;
        id: string;
      }[];
      page: {
        next_token: string;
      };
    };
  };
  /** Set how much a holder may give away by an action in a currency */
  setApprovalRule: {
    input: {
      body: {
        /** adjustment: a charge of less than nothing, one that is taken back, or a draft that is made cheaper; credit: a promotional grant; coupon: one that a person redeems; recorded_payment: money that somebody says has come */
        action: "refund" | "credit_note" | "write_off" | "void" | "adjustment" | "credit" | "coupon" | "recorded_payment";
        /** a built-in role, or a permission (with a colon) by which roles of your own are told apart */
        holder: string;
        currency: string;
        /** at once; null: no limit */
        amountMinor: string | null;
        /** over any 24 hours; null: no limit */
        dayMinor: string | null;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      action: "refund" | "credit_note" | "write_off" | "void" | "adjustment" | "credit" | "coupon" | "recorded_payment";
      holder: string;
      currency: string;
      amountMinor: string | null;
      dayMinor: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Bill usage before its period ends, whenever so much of it is open */
  setBillingThreshold: {
    input: {
      params: {
        /** UUIDv7 */
        subscriptionId: string;
      };
      body: {
        /** major units of the subscription's currency */
        amount: string;
      };
    };
    response: {
      /** UUIDv7 */
      subscriptionId: string;
      /** major units of the subscription's currency */
      amount: string;
    };
  };
  /** Set what happens to unpaid invoices of a legal entity, or of all others */
  setDunningPolicy: {
    input: {
      params: {
        /** default: of every one without steps of its own */
        legalEntityId: string | "default";
      };
      body: {
        steps: ({
          key: string;
          /** whole days after the due date, in the zone of the invoice */
          afterDays: number;
          /** whether the payment method is charged again */
          retry?: boolean;
          /** text that is mailed: first, second, last, or any other name for a plain reminder; null: none */
          notice?: string | null;
          action?: "none" | "write_off" | "pause_subscriptions" | "cancel_subscriptions";
        })[];
      };
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      legalEntityId: string | null;
      steps: ({
        key: string;
        /** whole days after the due date, in the zone of the invoice */
        afterDays: number;
        /** whether the payment method is charged again */
        retry: boolean;
        /** text that is mailed: first, second, last, or any other name for a plain reminder; null: none */
        notice: string | null;
        action: "none" | "write_off" | "pause_subscriptions" | "cancel_subscriptions";
      })[];
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Set what customers of a legal entity, or of all others, are mailed about */
  setNoticeSettings: {
    input: {
      params: {
        /** default: of every one without settings of its own */
        legalEntityId: string | "default";
      };
      body: {
        /** the kinds of mail that are sent; none: no mail */
        kinds: ("invoice_issued" | "payment_succeeded" | "payment_failed" | "dunning" | "card_expiring")[];
      };
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      legalEntityId: string | null;
      kinds: ("invoice_issued" | "payment_succeeded" | "payment_failed" | "dunning" | "card_expiring")[];
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Set the roles that a user's directory gives them */
  setRealmRoles: {
    input: {
      params: {
        /** UUIDv7 */
        userId: string;
      };
      body: {
        roles: ("platform_admin" | "org_admin" | "org_member")[];
      };
    };
    response: undefined;
  };
  /** Sign in with email address and password */
  signIn: {
    input: {
      body: {
        email: string;
        password: string;
      };
    };
    response: {
      /** null where it would tell whether an address is known */
      user: {
        /** UUIDv7 */
        id: string;
        email: string;
        name: string;
        emailVerified: boolean;
        createdAt: string;
      } | null;
      /** what there is to do before the session counts */
      next: "done" | "second_factor" | "verify_email" | "sign_in";
    };
  };
  /** End the session of this browser */
  signOut: {
    input: {};
    response: {
      signedOut: true;
    };
  };
  /** Sign up with email address and password */
  signUp: {
    input: {
      body: {
        email: string;
        password: string;
        name: string;
      };
    };
    response: {
      /** null where it would tell whether an address is known */
      user: {
        /** UUIDv7 */
        id: string;
        email: string;
        name: string;
        emailVerified: boolean;
        createdAt: string;
      } | null;
      /** what there is to do before the session counts */
      next: "done" | "second_factor" | "verify_email" | "sign_in";
    };
  };
  /** Sign up by an invitation, also where nobody can sign up by themselves */
  signUpByInvitation: {
    input: {
      body: {
        token: string;
        name: string;
        password: string;
      };
    };
    response: {
      /** null where it would tell whether an address is known */
      user: {
        /** UUIDv7 */
        id: string;
        email: string;
        name: string;
        emailVerified: boolean;
        createdAt: string;
      } | null;
      /** what there is to do before the session counts */
      next: "done" | "second_factor" | "verify_email" | "sign_in";
    };
  };
  /** Act as a user, for support */
  startImpersonation: {
    input: {
      body: {
        /** UUIDv7 */
        userId: string;
        /** why, for the audit trail: a ticket number */
        reason: string;
        minutes?: number;
      };
    };
    response: {
      /** UUIDv7 */
      userId: string;
      /** UUIDv7 */
      sessionId: string;
      endsAt: string;
    };
  };
  /** Begin to collect a payment method with the gateway's code in the customer's browser */
  startPaymentMethodSetup: {
    input: {
      body: {
        /** UUIDv7 */
        accountId: string;
        /** UUIDv7 */
        gatewayAccountId: string;
      };
    };
    response: {
      setupId: string;
      clientSecret: string;
      gatewayCustomerId: string;
      publishableKey: string | null;
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
      /** what the operator says; goes before what the plan allows */
      limits: Record<string, number>;
      /** what the plan allows; a name that is absent in both is not limited */
      planLimits: Record<string, number>;
      /** whether it is there to try things out, and may stop its time */
      sandbox: boolean;
      /** where its time stands; null: it goes with everybody's */
      testClock: string | null;
      /** when a closing tenant is deleted */
      deletesAt: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Look whether an identity provider can be reached and is what its settings say */
  testIdentityProvider: {
    input: {
      params: {
        providerId: string;
      };
      query?: {
        /** the tenant's own providers, or those of the whole platform, which its administrators alone see */
        realm?: "tenant" | "platform";
      };
    };
    response: {
      ok: boolean;
      checks: {
        name: string;
        ok: boolean;
        message: string;
      }[];
    };
  };
  /** Send a message of type webhook.test */
  testWebhook: {
    input: {
      params: {
        /** UUIDv7 */
        webhookId: string;
      };
    };
    response: {
      /** webhook-id of the message */
      id: string;
      eventType: string;
      status: "waiting" | "delivered" | "failed";
      attempts: number;
      createdAt: string;
      nextAttemptAt: string | null;
      lastAttemptAt: string | null;
      /** HTTP status that the receiver answered with */
      lastStatus: number | null;
      /** beginning of what it answered */
      lastResponse: string | null;
      lastError: string | null;
      /** the message as it is signed */
      body: string;
    };
  };
  /** Make another member the owner of an organization, with the role org_admin */
  transferOrganization: {
    input: {
      params: {
        /** UUIDv7 */
        organizationId: string;
      };
      body: {
        /** UUIDv7 */
        userId: string;
      };
    };
    response: undefined;
  };
  /** Remove an account at an identity provider; the last way to sign in stays */
  unlinkIdentity: {
    input: {
      params: {
        /** UUIDv7 */
        identityId: string;
      };
    };
    response: undefined;
  };
  /** Change a customer account by merge patch; null takes away what may be absent */
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
        parentId?: string | null;
        customerTenantId?: string | null;
        billing?: {
          name?: string | null;
          email?: string | null;
          address?: {
            line1?: string | null;
            line2?: string | null;
            city?: string | null;
            region?: string | null;
            postalCode?: string | null;
            country?: string | null;
          } | null;
          taxId?: string | null;
          taxExempt?: boolean | null;
          language?: string | null;
          reference?: string | null;
          paymentTermDays?: number | null;
          legalEntity?: string | null;
          invoicing?: "consolidated" | "per_subscription" | null;
        } | null;
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
      parentId: string | null;
      customerTenantId: string | null;
      billing: {
        /** name on invoices; the account's when absent */
        name?: string;
        /** where invoices are sent */
        email?: string;
        address?: {
          line1: string;
          line2?: string;
          city: string;
          /** state, province or canton, as ISO 3166-2 without the country where there is a code */
          region?: string;
          postalCode?: string;
          country: string;
        };
        /** such as a VAT identification number, with its country prefix */
        taxId?: string;
        taxExempt?: boolean;
        /** BCP 47 tag of the language of invoices */
        language?: string;
        /** the customer's own reference: purchase order, cost centre, Leitweg-ID */
        reference?: string;
        paymentTermDays?: number;
        /** key of the legal entity that bills it */
        legalEntity?: string;
        invoicing?: "consolidated" | "per_subscription";
      };
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Rename an API key or change its rate limit */
  updateApiKey: {
    input: {
      params: {
        /** UUIDv7 */
        apiKeyId: string;
      };
      body: {
        name?: string;
        rateLimit?: number | null;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      name: string;
      prefix: string;
      scopes: ("user:read" | "user:write" | "user:impersonate" | "user:disable" | "user:administer" | "invitation:read" | "invitation:write" | "group:read" | "group:write" | "role:read" | "role:write" | "service-account:read" | "service-account:write" | "identity-provider:read" | "identity-provider:write" | "client:read" | "client:write" | "policy:read" | "policy:write" | "webhook:read" | "webhook:write" | "scim:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "tenant:export" | "tenant:delete" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "account:link" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "coupon:read" | "coupon:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "legal-entity:read" | "legal-entity:write" | "credit-note:read" | "credit-note:write" | "payment:read" | "payment:write" | "payment:refund" | "dispute:read" | "dispute:write" | "dispute:approve" | "credit:read" | "credit:write" | "report:read" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "usage:backfill" | "usage:correct" | "quota:read" | "quota:write" | "audit:read")[];
      /** UUIDv7 */
      createdBy: string;
      createdAt: string;
      expiresAt: string | null;
      revokedAt: string | null;
      /** requests a minute in all, beside the limits of routes */
      rateLimit: number | null;
      rotatedAt: string | null;
      /** until when the secret before the last rotation counts */
      overlapUntil: string | null;
      lastUsedAt: string | null;
    };
  };
  /** Change a client */
  updateClient: {
    input: {
      params: {
        clientId: string;
      };
      body: {
        name?: string;
        confidential?: boolean;
        native?: boolean;
        firstParty?: boolean;
        actsAsUser?: boolean;
        grantTypes?: ("authorization_code" | "refresh_token" | "client_credentials" | "device_code")[];
        redirectUris?: string[];
        postLogoutRedirectUris?: string[];
        backchannelLogoutUri?: string | null;
        permissions?: ("user:read" | "user:write" | "user:impersonate" | "user:disable" | "user:administer" | "invitation:read" | "invitation:write" | "group:read" | "group:write" | "role:read" | "role:write" | "service-account:read" | "service-account:write" | "identity-provider:read" | "identity-provider:write" | "client:read" | "client:write" | "policy:read" | "policy:write" | "webhook:read" | "webhook:write" | "scim:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "tenant:export" | "tenant:delete" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "account:link" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "coupon:read" | "coupon:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "legal-entity:read" | "legal-entity:write" | "credit-note:read" | "credit-note:write" | "payment:read" | "payment:write" | "payment:refund" | "dispute:read" | "dispute:write" | "dispute:approve" | "credit:read" | "credit:write" | "report:read" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "usage:backfill" | "usage:correct" | "quota:read" | "quota:write" | "audit:read")[];
        logoUri?: string | null;
        homeUri?: string | null;
      };
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** the client_id */
      id: string;
      /** only administered ones change through the API */
      origin: "built-in" | "declared" | "administered";
      name: string;
      /** has a secret */
      confidential: boolean;
      /** an application on a device */
      native: boolean;
      /** the operator's own: nobody is asked for consent */
      firstParty: boolean;
      /** its tokens may do all that their user may, unless it asks for less */
      actsAsUser: boolean;
      grantTypes: ("authorization_code" | "refresh_token" | "client_credentials" | "device_code")[];
      /** compared letter by letter */
      redirectUris: string[];
      postLogoutRedirectUris: string[];
      /** told when a session ends */
      backchannelLogoutUri: string | null;
      /** what it may ask for in scope */
      permissions: ("user:read" | "user:write" | "user:impersonate" | "user:disable" | "user:administer" | "invitation:read" | "invitation:write" | "group:read" | "group:write" | "role:read" | "role:write" | "service-account:read" | "service-account:write" | "identity-provider:read" | "identity-provider:write" | "client:read" | "client:write" | "policy:read" | "policy:write" | "webhook:read" | "webhook:write" | "scim:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "tenant:export" | "tenant:delete" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "account:link" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "coupon:read" | "coupon:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "legal-entity:read" | "legal-entity:write" | "credit-note:read" | "credit-note:write" | "payment:read" | "payment:write" | "payment:refund" | "dispute:read" | "dispute:write" | "dispute:approve" | "credit:read" | "credit:write" | "report:read" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "usage:backfill" | "usage:correct" | "quota:read" | "quota:write" | "audit:read")[];
      logoUri: string | null;
      homeUri: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Rename or archive a coupon */
  updateCoupon: {
    input: {
      params: {
        /** UUIDv7 */
        couponId: string;
      };
      body: {
        name?: string;
        archived?: boolean;
      };
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      code: string;
      name: string;
      discount: {
        kind: "percent";
        percent: string;
      } | {
        kind: "amount";
        amount: string;
        currency: string;
      };
      periods: number | null;
      plans: string[] | null;
      prices: string[] | null;
      redeemableUntil: string | null;
      maximumRedemptions: number | null;
      oncePerAccount: boolean;
      archived: boolean;
      /** UUIDv7 */
      id: string;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Assign a dispute, or link the chargeback by which it is disputed at the bank too */
  updateDispute: {
    input: {
      params: {
        /** UUIDv7 */
        disputeId: string;
      };
      body: {
        assigneeId?: string | null;
        /** UUIDv7 */
        chargebackId?: string;
      };
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      accountId: string;
      reason: "service_not_received" | "overcharged" | "charged_after_cancellation" | "duplicate" | "other";
      description: string;
      status: "open" | "investigating" | "resolved" | "rejected";
      assigneeId: string | null;
      currency: string;
      /** with tax */
      disputedMinor: string;
      invoices: {
        /** UUIDv7 */
        invoiceId: string;
        /** lines; empty: the whole invoice */
        positions: number[];
        disputedMinor: string;
      }[];
      evidenceFrom: string;
      evidenceTo: string;
      chargebackId: string | null;
      outcome: string | null;
      openedBy: string;
      version: number;
      createdAt: string;
      updatedAt: string;
      closedAt: string | null;
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
  /** Say whether people of a domain join by themselves */
  updateEmailDomain: {
    input: {
      params: {
        /** UUIDv7 */
        domainId: string;
      };
      body: {
        /** the role with which people with a confirmed address of the domain join by themselves; null: they do not */
        autoJoinRole: string | null;
      };
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      domain: string;
      verifiedAt: string | null;
      /** the role with which people with a confirmed address of the domain join by themselves; null: they do not */
      autoJoinRole: string | null;
      /** the TXT record that proves the domain */
      record: {
        name: string;
        value: string;
      };
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
  /** Change, disable or enable an account at a payment gateway, or give it other keys */
  updateGatewayAccount: {
    input: {
      params: {
        /** UUIDv7 */
        gatewayAccountId: string;
      };
      body: {
        name?: string;
        /** whose invoices it is for; null: of every legal entity */
        legalEntityId?: string | null;
        /** for the gateway's code in a browser; no secret */
        publishableKey?: string | null;
        /** kept encrypted and never shown again */
        secretKey?: string;
        /** signs what the gateway sends to POST /payments/webhooks/:gatewayAccountId; never shown again */
        webhookSecret?: string | null;
        enabled?: boolean;
      };
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      gateway: "stripe";
      name: string;
      legalEntityId: string | null;
      publishableKey: string | null;
      hasWebhookSecret: boolean;
      enabled: boolean;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Rename or describe a group */
  updateGroup: {
    input: {
      params: {
        /** UUIDv7 */
        groupId: string;
      };
      body: {
        name?: string;
        description?: string | null;
      };
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      name: string;
      description: string | null;
      /** scim: kept by the tenant's directory */
      source: "local" | "scim";
      externalId: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Change an identity provider */
  updateIdentityProvider: {
    input: {
      params: {
        providerId: string;
      };
      query?: {
        /** the tenant's own providers, or those of the whole platform, which its administrators alone see */
        realm?: "tenant" | "platform";
      };
      body: {
        /** what its button says */
        title?: string;
        enabled?: boolean;
        settings?: {
          kind: "google";
          clientId: string;
          /** never shown; absent on updates: the one before */
          clientSecret?: string;
          /** only accounts of this Google Workspace domain */
          hostedDomain?: string;
        } | {
          kind: "microsoft";
          clientId: string;
          /** never shown; absent on updates: the one before */
          clientSecret?: string;
          /** whose accounts: of one directory by its id, of every organization, personal ones, or all */
          directory?: "common" | "organizations" | "consumers" | string;
          /** only accounts of these directories; none: of any */
          allowedDirectories?: string[];
        } | {
          kind: "apple";
          /** the Services ID */
          clientId: string;
          teamId: string;
          keyId: string;
          /** the .p8 file as text; never shown; absent on updates: the one before */
          privateKey?: string;
        } | {
          kind: "facebook";
          clientId: string;
          /** never shown; absent on updates: the one before */
          clientSecret?: string;
        } | {
          kind: "github";
          clientId: string;
          /** never shown; absent on updates: the one before */
          clientSecret?: string;
          /** of a GitHub Enterprise Server */
          baseUrl?: string;
        } | {
          kind: "oidc";
          clientId: string;
          /** never shown; absent on updates: the one before */
          clientSecret?: string;
          issuer: string;
          scopes?: string[];
          /** how the client secret is sent */
          clientAuthentication?: "basic" | "post";
          /** names of claims or attributes, where they are not the usual ones */
          mapping?: {
            email?: string;
            name?: string;
            firstName?: string;
            lastName?: string;
            locale?: string;
          };
          /** values of amr, acr or AuthnContextClassRef that stand for two factors */
          multiFactorValues?: string[];
        } | {
          kind: "saml";
          /** the provider's metadata; sets the three fields below */
          metadata?: string;
          /** where the metadata is read from, now and on every test */
          metadataUrl?: string;
          entityId?: string;
          /** its single sign-on service for the HTTP-Redirect binding */
          ssoUrl?: string;
          /** PEM; those that it signs with */
          certificates?: string[];
          /** names of claims or attributes, where they are not the usual ones */
          mapping?: {
            email?: string;
            name?: string;
            firstName?: string;
            lastName?: string;
            locale?: string;
          };
          /** values of amr, acr or AuthnContextClassRef that stand for two factors */
          multiFactorValues?: string[];
        };
        /** whether people whom nobody knows here become users; platform: where anybody may sign up */
        signUp?: "never" | "platform" | "always";
        /** only addresses of these domains; none: any */
        allowedDomains?: string[];
        /** people with an address of the tenant's verified domains are sent there */
        homeRealm?: boolean;
        /** it answers for the addresses it names without saying that they are verified; of a tenant's, in its domains */
        trustEmail?: boolean;
        /** what it says of a second factor counts here */
        trustMultiFactor?: boolean;
        /** who signs in by it becomes a member with this role of the tenant's */
        joinRole?: string | null;
      };
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      id: string;
      realm: "tenant" | "platform";
      /** declared ones change in their file alone */
      origin: "administered" | "declared";
      /** what its button says */
      title: string;
      enabled: boolean;
      /** whether people whom nobody knows here become users; platform: where anybody may sign up */
      signUp: "never" | "platform" | "always";
      /** only addresses of these domains; none: any */
      allowedDomains: string[];
      /** people with an address of the tenant's verified domains are sent there */
      homeRealm: boolean;
      /** it answers for the addresses it names without saying that they are verified; of a tenant's, in its domains */
      trustEmail: boolean;
      /** what it says of a second factor counts here */
      trustMultiFactor: boolean;
      /** who signs in by it becomes a member with this role of the tenant's */
      joinRole: string | null;
      /** as they were sent, without the secret */
      settings: Record<string, unknown>;
      secretSet: boolean;
      /** to be registered with the provider; for SAML the assertion consumer service */
      callbackUrl: string;
      /** of our side, for SAML; its address is our entity id */
      metadataUrl: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Change a meter, or archive it; an archived one counts no further events */
  updateMeter: {
    input: {
      params: {
        /** UUIDv7 */
        meterId: string;
      };
      body: {
        /** weighted_sum: each value times the hours until the next one, in unit-hours; percentile: by nearest rank */
        aggregation?: "count" | "sum" | "max" | "min" | "last" | "unique_count" | "weighted_sum" | "percentile";
        valueProperty?: string | null;
        percentile?: string | null;
        /** conditions on the data, compared as text; all must hold */
        filters?: ({
          property: string;
          operator: "equals" | "not_equals" | "in";
          values: string[];
        })[];
        /** properties of the event's data by which usage can be grouped */
        dimensions?: string[];
        name?: string;
        archived?: boolean;
        unit?: string | null;
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
      /** weighted_sum: each value times the hours until the next one, in unit-hours; percentile: by nearest rank */
      aggregation: "count" | "sum" | "max" | "min" | "last" | "unique_count" | "weighted_sum" | "percentile";
      valueProperty: string | null;
      percentile: string | null;
      /** conditions on the data, compared as text; all must hold */
      filters: ({
        property: string;
        operator: "equals" | "not_equals" | "in";
        values: string[];
      })[];
      /** properties of the event's data by which usage can be grouped */
      dimensions: string[];
      unit: string | null;
      archived: boolean;
      version: number;
      /** number of the definition by which the meter answers */
      revision: number;
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
  /** Change the name of the signed-in user */
  updateOwnUser: {
    input: {
      body: {
        name: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      email: string;
      emailVerified: boolean;
      name: string;
      createdAt: string;
    };
  };
  /** Rename or archive a plan, or change its place in a family */
  updatePlan: {
    input: {
      params: {
        /** UUIDv7 */
        planId: string;
      };
      body: {
        name?: string;
        archived?: boolean;
        /** null: the plan leaves its family */
        family?: {
          /** key of a plan family */
          key?: string;
          /** a change to a higher rank is an upgrade */
          rank?: number;
          /** keys of the plans of the family that a subscription may change to; null: all */
          changesTo?: string[] | null;
        } | null;
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
      kind: "plan" | "add_on";
      family: {
        key: string;
        rank: number;
        upgrade: "now" | "period_end";
        downgrade: "now" | "period_end";
        changesTo: string[] | null;
      } | null;
      archived: boolean;
      planVersion: number;
      addOnTo: string[] | null;
      currency: string;
      currencies: string[];
      period: {
        unit: "day" | "week" | "month" | "year";
        count: number;
      };
      phases: ({
        key: string;
        kind: "trial" | "intro" | "evergreen";
        length: {
          unit: "day" | "week" | "month" | "year";
          count: number;
        } | null;
      })[];
      prorationBasis: "day" | "second";
      taxInclusive: boolean;
      minimumSpend: string | null;
      minimumSpends: Record<string, string>;
      maximumSpend: string | null;
      maximumSpends: Record<string, string>;
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
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "graduated";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** whether the first tier's flat amount falls due without usage too */
          flatAtZero?: boolean;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "volume";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** whether the first tier's flat amount falls due without usage too */
          flatAtZero?: boolean;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "package";
          packageSize: string;
          packageAmount: string;
          freeUnits?: string;
          rounding?: "up" | "down";
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "percentage";
          /** percent of the metered amount */
          rate: string;
          /** part of the metered amount that costs nothing */
          freeUnits?: string;
          /** least that a period with chargeable usage costs */
          minimumAmount?: string;
          /** most that a period costs */
          maximumAmount?: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "graduated_percentage";
          tiers: ({
            upTo: string | null;
            /** percent, for example "2.9" */
            rate: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "matrix";
          /** properties by which the meter groups */
          dimensions: string[];
          cells: {
            /** a value for each dimension */
            values: Record<string, string>;
            unitAmount: string;
          }[];
          /** for values that no cell names */
          otherUnitAmount: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "bulk_commitment";
          /** committed units, paid for whether used or not */
          quantity: string;
          /** price of the committed units together */
          amount: string;
          /** price of each unit above them */
          overageUnitAmount: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        };
        /** which tax rates apply to it */
        taxCategory: string;
        /** keys of the plan's phases that it belongs to; null: to all */
        phases: string[] | null;
        models: Record<string, {
          model: "flat";
          amount: string;
          timing: "advance" | "arrears";
        } | {
          model: "per_unit";
          unitAmount: string;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "graduated";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** whether the first tier's flat amount falls due without usage too */
          flatAtZero?: boolean;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "volume";
          tiers: ({
            upTo: string | null;
            /** major units, for example "0.0005" */
            unitAmount: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** whether the first tier's flat amount falls due without usage too */
          flatAtZero?: boolean;
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "package";
          packageSize: string;
          packageAmount: string;
          freeUnits?: string;
          rounding?: "up" | "down";
          /** key of the meter; absent: the subscribed quantity (seats) */
          meter?: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "percentage";
          /** percent of the metered amount */
          rate: string;
          /** part of the metered amount that costs nothing */
          freeUnits?: string;
          /** least that a period with chargeable usage costs */
          minimumAmount?: string;
          /** most that a period costs */
          maximumAmount?: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "graduated_percentage";
          tiers: ({
            upTo: string | null;
            /** percent, for example "2.9" */
            rate: string;
            /** charged on entry to the tier */
            flatAmount?: string;
          })[];
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "matrix";
          /** properties by which the meter groups */
          dimensions: string[];
          cells: {
            /** a value for each dimension */
            values: Record<string, string>;
            unitAmount: string;
          }[];
          /** for values that no cell names */
          otherUnitAmount: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        } | {
          model: "bulk_commitment";
          /** committed units, paid for whether used or not */
          quantity: string;
          /** price of the committed units together */
          amount: string;
          /** price of each unit above them */
          overageUnitAmount: string;
          /** key of the meter */
          meter: string;
          conversion?: {
            /** the raw quantity is divided by it, for example "1000000000" */
            divisor: string;
            rounding: "none" | "up" | "down" | "half_up";
            /** fraction digits kept when it is rounded */
            digits?: number;
          };
        }>;
      })[];
      entitlements: ({
        /** key of the feature */
        feature: string;
        type: "boolean" | "limit" | "metered";
        /** true or false of a boolean feature, a decimal of the others */
        value: boolean | string;
        /** key of the meter of a metered feature */
        meter: string | null;
        /** of a metered feature */
        reset: "period" | "day" | "month" | "year" | "never" | null;
        /** most that is carried into the next allowance; null: nothing */
        rollOver: string | null;
        /** whether more than the value may be used */
        overage: "allow" | "deny" | null;
        /** percent of the value at which an alert is raised */
        alertsAt: number[];
      })[];
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Rename a plan family, or change when changes take effect */
  updatePlanFamily: {
    input: {
      params: {
        /** UUIDv7 */
        familyId: string;
      };
      body: {
        name?: string;
        upgrade?: "now" | "period_end";
        downgrade?: "now" | "period_end";
      };
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      key: string;
      name: string;
      /** when a change to a plan of higher rank takes effect */
      upgrade: "now" | "period_end";
      /** when a change to a plan of lower rank takes effect */
      downgrade: "now" | "period_end";
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Change a role of the whole platform for everybody who has it */
  updatePlatformRole: {
    input: {
      params: {
        /** UUIDv7 */
        roleId: string;
      };
      body: {
        title?: string;
        description?: string | null;
        permissions?: string[];
        conditional?: ({
          permission: string;
          conditions: ({
            attribute: string;
            operator: "equals" | "not_equals";
            value?: string | number | boolean;
            otherAttribute?: string;
          })[];
        })[];
      };
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** null: built in */
      id: string | null;
      name: string;
      title: string;
      description: string | null;
      permissions: string[];
      /** permissions that count only where all their conditions hold */
      conditional: ({
        permission: string;
        conditions: ({
          attribute: string;
          operator: "equals" | "not_equals";
          value?: string | number | boolean;
          otherAttribute?: string;
        })[];
      })[];
      version: number;
      createdAt: string | null;
      updatedAt: string | null;
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
  /** Change the limit, the overage or the alerts of a quota; alerts that fired in the window do not fire again */
  updateQuota: {
    input: {
      params: {
        /** UUIDv7 */
        quotaId: string;
      };
      body: {
        limit?: string;
        /** most that is carried into the next window; null: nothing */
        rollOver?: string | null;
        /** whether more than the limit may be used: allow warns, deny blocks */
        overage?: "allow" | "deny";
        /** percent of the limit at which an alert is raised */
        alertsAt?: number[];
      };
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** null: each account that has no quota of its own for the meter */
      accountId: string | null;
      meter: string;
      feature: string | null;
      limit: string;
      reset: "period" | "day" | "month" | "year" | "never";
      anchor: string | null;
      period: {
        unit: "day" | "week" | "month" | "year";
        count: number;
      } | null;
      rollOver: string | null;
      /** whether more than the limit may be used: allow warns, deny blocks */
      overage: "allow" | "deny";
      alertsAt: number[];
      source: "manual" | "entitlement";
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Change a role for everybody who has it */
  updateRole: {
    input: {
      params: {
        /** UUIDv7 */
        roleId: string;
      };
      body: {
        title?: string;
        description?: string | null;
        permissions?: string[];
        conditional?: ({
          permission: string;
          conditions: ({
            attribute: string;
            operator: "equals" | "not_equals";
            value?: string | number | boolean;
            otherAttribute?: string;
          })[];
        })[];
      };
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** null: built in */
      id: string | null;
      name: string;
      title: string;
      description: string | null;
      permissions: string[];
      /** permissions that count only where all their conditions hold */
      conditional: ({
        permission: string;
        conditions: ({
          attribute: string;
          operator: "equals" | "not_equals";
          value?: string | number | boolean;
          otherAttribute?: string;
        })[];
      })[];
      version: number;
      createdAt: string | null;
      updatedAt: string | null;
    };
  };
  /** Rename or describe a service account, or change its public keys */
  updateServiceAccount: {
    input: {
      params: {
        /** UUIDv7 */
        serviceAccountId: string;
      };
      body: {
        name?: string;
        description?: string | null;
        /** public JSON Web Keys for private_key_jwt; with them the account has no secret */
        publicKeys?: ({
          kty: "RSA";
          n: string;
          e: string;
          use?: "sig";
          kid: string;
          alg: "RS256" | "PS256" | "ES256" | "Ed25519" | "EdDSA";
        } | {
          kty: "EC";
          crv: "P-256";
          x: string;
          y: string;
          use?: "sig";
          kid: string;
          alg: "RS256" | "PS256" | "ES256" | "Ed25519" | "EdDSA";
        } | {
          kty: "OKP";
          crv: "Ed25519";
          x: string;
          use?: "sig";
          kid: string;
          alg: "RS256" | "PS256" | "ES256" | "Ed25519" | "EdDSA";
        })[] | null;
      };
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** also its client_id */
      id: string;
      name: string;
      description: string | null;
      publicKeys: Record<string, unknown>[] | null;
      createdBy: string | null;
      createdAt: string;
      updatedAt: string;
      disabledAt: string | null;
      lastUsedAt: string | null;
      version: number;
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
      /** what the operator says; goes before what the plan allows */
      limits: Record<string, number>;
      /** what the plan allows; a name that is absent in both is not limited */
      planLimits: Record<string, number>;
      /** whether it is there to try things out, and may stop its time */
      sandbox: boolean;
      /** where its time stands; null: it goes with everybody's */
      testClock: string | null;
      /** when a closing tenant is deleted */
      deletesAt: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Change name or address of a user, here and in their directory */
  updateUser: {
    input: {
      params: {
        /** UUIDv7 */
        userId: string;
      };
      body: {
        email?: string;
        name?: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      email: string;
      emailVerified: boolean;
      name: string;
      createdAt: string;
    };
  };
  /** Change, disable or enable a webhook */
  updateWebhook: {
    input: {
      params: {
        /** UUIDv7 */
        webhookId: string;
      };
      body: {
        /** https; it leads to a public address and is not redirected */
        url?: string;
        description?: string | null;
        eventTypes?: ("identity.signed_in" | "identity.signed_out" | "identity.disabled" | "identity.enabled" | "member.joined" | "member.left" | "invitation.created" | "invitation.accepted" | "invitation.revoked" | "usage.threshold_reached" | "usage.quota_exceeded")[];
        enabled?: boolean;
      };
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      url: string;
      description: string | null;
      eventTypes: ("identity.signed_in" | "identity.signed_out" | "identity.disabled" | "identity.enabled" | "member.joined" | "member.left" | "invitation.created" | "invitation.accepted" | "invitation.revoked" | "usage.threshold_reached" | "usage.quota_exceeded")[];
      enabled: boolean;
      disabledBecause: "owner" | "failing" | null;
      /** until when messages are also signed with the secret before */
      overlapUntil: string | null;
      createdBy: string | null;
      createdAt: string;
      updatedAt: string;
      version: number;
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
  /** Confirm an email address with the link or the code that it got */
  verifyEmail: {
    input: {
      body: {
        token: string;
      } | {
        email: string;
        code: string;
      };
    };
    response: {
      /** null where it would tell whether an address is known */
      user: {
        /** UUIDv7 */
        id: string;
        email: string;
        name: string;
        emailVerified: boolean;
        createdAt: string;
      } | null;
      /** what there is to do before the session counts */
      next: "done" | "second_factor" | "verify_email" | "sign_in";
    };
  };
  /** Look for the TXT record that proves a domain */
  verifyEmailDomain: {
    input: {
      params: {
        /** UUIDv7 */
        domainId: string;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      domain: string;
      verifiedAt: string | null;
      /** the role with which people with a confirmed address of the domain join by themselves; null: they do not */
      autoJoinRole: string | null;
      /** the TXT record that proves the domain */
      record: {
        name: string;
        value: string;
      };
      version: number;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Take back what remains of a grant */
  voidCreditGrant: {
    input: {
      params: {
        /** UUIDv7 */
        grantId: string;
      };
      body: {
        reason: string;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** UUIDv7 */
      walletId: string;
      /** UUIDv7 */
      accountId: string;
      currency: string;
      /** whose invoices it pays */
      legalEntityId: string;
      kind: "paid" | "promotional";
      amountMinor: string;
      remainingMinor: string;
      /** the lowest is used first */
      priority: number;
      /** from this instant on it pays nothing; null: never */
      expiresAt: string | null;
      reason: string;
      source: {
        type: "promotion" | "payment" | "credit_note";
        /** of the payment or the credit note; the grant's own for a promotion */
        id: string;
      };
      voidedAt: string | null;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Void a draft, or a final invoice of which nothing was settled; its number stays taken */
  voidInvoice: {
    input: {
      params: {
        /** UUIDv7 */
        invoiceId: string;
      };
      body: {
        reason?: string;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
      /** The version that was read; refused when the object is newer. */
      ifMatch?: number | string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** without gaps in the legal entity; null for a draft */
      number: string | null;
      /** who issues it; the tenant's id names the default one */
      legalEntityId: string;
      /** what was said of the legal entity when it was issued */
      legalEntityVersion: number;
      /** who pays it */
      accountId: string;
      /** the only subscription on it; null when there are several or none */
      subscriptionId: string | null;
      reason: "period" | "threshold" | "one_off";
      billedAt: string;
      currency: string;
      timeZone: string;
      status: "draft" | "finalized" | "past_due" | "paid" | "void" | "written_off";
      customer: {
        key: string;
        name: string;
        email: string | null;
        billing: {
          /** name on invoices; the account's when absent */
          name?: string;
          /** where invoices are sent */
          email?: string;
          address?: {
            line1: string;
            line2?: string;
            city: string;
            /** state, province or canton, as ISO 3166-2 without the country where there is a code */
            region?: string;
            postalCode?: string;
            country: string;
          };
          /** such as a VAT identification number, with its country prefix */
          taxId?: string;
          taxExempt?: boolean;
          /** BCP 47 tag of the language of invoices */
          language?: string;
          /** the customer's own reference: purchase order, cost centre, Leitweg-ID */
          reference?: string;
          paymentTermDays?: number;
          /** key of the legal entity that bills it */
          legalEntity?: string;
          invoicing?: "consolidated" | "per_subscription";
        };
      };
      /** sum of the rounded lines, in the smallest unit */
      subtotalMinor: string;
      discountMinor: string;
      taxMinor: string;
      taxes: ({
        category: string;
        percent: string;
        label: string;
        reverseCharge: boolean;
        /** why it is 0 % */
        zeroReason?: "zero_rated" | "exempt" | "reverse_charge" | "out_of_scope" | "export" | "intra_community";
        taxableMinor: string;
        taxMinor: string;
      })[];
      totalMinor: string;
      dueOn: string | null;
      /** when a draft is finalized by itself; null: when somebody finalizes it */
      reviewUntil: string | null;
      /** how far a draft is worked out: discounts and tax are missing, tax is missing, all is there */
      calculation: "pending" | "untaxed" | "done";
      /** paid from prepaid credit; negative: what was overpaid became credit */
      creditsMinor: string;
      paidMinor: string;
      /** taken back by credit notes */
      creditedMinor: string;
      writtenOffMinor: string;
      /** still to be paid */
      dueMinor: string;
      lineCount: number;
      version: number;
      createdAt: string;
      updatedAt: string;
      finalizedAt: string | null;
      paidAt: string | null;
      voidedAt: string | null;
    };
  };
  /** Take back what the caller has agreed to for an application */
  withdrawConsent: {
    input: {
      params: {
        clientId: string;
      };
    };
    response: undefined;
  };
  /** Give up what is open of an invoice, or part of it */
  writeOffInvoice: {
    input: {
      params: {
        /** UUIDv7 */
        invoiceId: string;
      };
      body: {
        reason: string;
        /** all that is open when absent */
        amountMinor?: string;
      };
      /** Made for the call when absent. */
      idempotencyKey?: string;
    };
    response: {
      /** UUIDv7 */
      id: string;
      /** without gaps in the legal entity; null for a draft */
      number: string | null;
      /** who issues it; the tenant's id names the default one */
      legalEntityId: string;
      /** what was said of the legal entity when it was issued */
      legalEntityVersion: number;
      /** who pays it */
      accountId: string;
      /** the only subscription on it; null when there are several or none */
      subscriptionId: string | null;
      reason: "period" | "threshold" | "one_off";
      billedAt: string;
      currency: string;
      timeZone: string;
      status: "draft" | "finalized" | "past_due" | "paid" | "void" | "written_off";
      customer: {
        key: string;
        name: string;
        email: string | null;
        billing: {
          /** name on invoices; the account's when absent */
          name?: string;
          /** where invoices are sent */
          email?: string;
          address?: {
            line1: string;
            line2?: string;
            city: string;
            /** state, province or canton, as ISO 3166-2 without the country where there is a code */
            region?: string;
            postalCode?: string;
            country: string;
          };
          /** such as a VAT identification number, with its country prefix */
          taxId?: string;
          taxExempt?: boolean;
          /** BCP 47 tag of the language of invoices */
          language?: string;
          /** the customer's own reference: purchase order, cost centre, Leitweg-ID */
          reference?: string;
          paymentTermDays?: number;
          /** key of the legal entity that bills it */
          legalEntity?: string;
          invoicing?: "consolidated" | "per_subscription";
        };
      };
      /** sum of the rounded lines, in the smallest unit */
      subtotalMinor: string;
      discountMinor: string;
      taxMinor: string;
      taxes: ({
        category: string;
        percent: string;
        label: string;
        reverseCharge: boolean;
        /** why it is 0 % */
        zeroReason?: "zero_rated" | "exempt" | "reverse_charge" | "out_of_scope" | "export" | "intra_community";
        taxableMinor: string;
        taxMinor: string;
      })[];
      totalMinor: string;
      dueOn: string | null;
      /** when a draft is finalized by itself; null: when somebody finalizes it */
      reviewUntil: string | null;
      /** how far a draft is worked out: discounts and tax are missing, tax is missing, all is there */
      calculation: "pending" | "untaxed" | "done";
      /** paid from prepaid credit; negative: what was overpaid became credit */
      creditsMinor: string;
      paidMinor: string;
      /** taken back by credit notes */
      creditedMinor: string;
      writtenOffMinor: string;
      /** still to be paid */
      dueMinor: string;
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
  acceptInvitation: { method: 'POST', path: '/api/v1/auth/invitations/accept', contentType: 'application/json' },
  acceptInvitationAsCaller: { method: 'POST', path: '/api/v1/invitations/accept', contentType: 'application/json' },
  actOnDispute: { method: 'POST', path: '/api/v1/disputes/{disputeId}/actions', contentType: 'application/json', idempotent: true },
  activateTenant: { method: 'POST', path: '/api/v1/tenants/{tenantId}/activate' },
  addAddOn: { method: 'POST', path: '/api/v1/subscriptions/{subscriptionId}/add-ons', contentType: 'application/json', idempotent: true },
  addDisputeNote: { method: 'POST', path: '/api/v1/disputes/{disputeId}/notes', contentType: 'application/json' },
  addDraftLine: { method: 'POST', path: '/api/v1/invoices/{invoiceId}/lines', contentType: 'application/json', idempotent: true },
  addEmailDomain: { method: 'POST', path: '/api/v1/email-domains', contentType: 'application/json', idempotent: true },
  addGroupMember: { method: 'PUT', path: '/api/v1/groups/{groupId}/members/{userId}' },
  advanceTestClock: { method: 'POST', path: '/api/v1/subscriptions/clock/advance', contentType: 'application/json' },
  answerConsentRequest: { method: 'POST', path: '/api/v1/auth/interactions/{interactionId}', contentType: 'application/json' },
  answerDevice: { method: 'POST', path: '/api/v1/auth/devices/answer', contentType: 'application/json' },
  applyBankTransfer: { method: 'POST', path: '/api/v1/payments/bank-transfers/{transferId}/apply', contentType: 'application/json', idempotent: true },
  applyCredit: { method: 'POST', path: '/api/v1/credits/apply', contentType: 'application/json', idempotent: true },
  applyPayment: { method: 'POST', path: '/api/v1/payments/{paymentId}/apply', contentType: 'application/json', idempotent: true },
  approveRequest: { method: 'POST', path: '/api/v1/disputes/approvals/{approvalId}/approve', contentType: 'application/json', idempotent: true },
  assignPlatformRole: { method: 'POST', path: '/api/v1/roles/platform/assignments', contentType: 'application/json', idempotent: true },
  assignRole: { method: 'POST', path: '/api/v1/roles/assignments', contentType: 'application/json', idempotent: true },
  attachPaymentMethod: { method: 'POST', path: '/api/v1/payments/methods', contentType: 'application/json', idempotent: true },
  beginPasskeyRegistration: { method: 'POST', path: '/api/v1/users/me/passkeys/options', contentType: 'application/json' },
  beginPasskeySignIn: { method: 'POST', path: '/api/v1/auth/passkey/options' },
  cancelCharge: { method: 'DELETE', path: '/api/v1/invoices/charges/{chargeId}' },
  cancelPayment: { method: 'POST', path: '/api/v1/payments/{paymentId}/cancel', idempotent: true },
  cancelRequest: { method: 'POST', path: '/api/v1/disputes/approvals/{approvalId}/cancel' },
  cancelSubscription: { method: 'POST', path: '/api/v1/subscriptions/{subscriptionId}/cancel', contentType: 'application/json', idempotent: true },
  changeAddOn: { method: 'POST', path: '/api/v1/subscriptions/{subscriptionId}/add-ons/{addOnId}/change', contentType: 'application/json', idempotent: true },
  changeCommitment: { method: 'POST', path: '/api/v1/subscriptions/{subscriptionId}/commitment', contentType: 'application/json', idempotent: true },
  changeDraftLine: { method: 'PATCH', path: '/api/v1/invoices/{invoiceId}/lines/{position}', contentType: 'application/merge-patch+json' },
  changePassword: { method: 'PUT', path: '/api/v1/users/me/password', contentType: 'application/json' },
  changeRenewal: { method: 'POST', path: '/api/v1/subscriptions/{subscriptionId}/renewal', contentType: 'application/json', idempotent: true },
  changeSandbox: { method: 'PUT', path: '/api/v1/tenants/{tenantId}/sandbox', contentType: 'application/json' },
  changeSubscription: { method: 'POST', path: '/api/v1/subscriptions/{subscriptionId}/change', contentType: 'application/json', idempotent: true },
  changeTenantLimits: { method: 'PUT', path: '/api/v1/tenants/{tenantId}/limits', contentType: 'application/json' },
  changeTerm: { method: 'POST', path: '/api/v1/subscriptions/{subscriptionId}/term', contentType: 'application/json', idempotent: true },
  checkKillBillPlans: { method: 'GET', path: '/api/v1/invoices/kill-bill/plans' },
  checkPermissions: { method: 'POST', path: '/api/v1/permissions/check', contentType: 'application/json' },
  closeDispute: { method: 'POST', path: '/api/v1/disputes/{disputeId}/close', contentType: 'application/json' },
  closeTenant: { method: 'POST', path: '/api/v1/tenants/{tenantId}/close', contentType: 'application/json' },
  comparePlanVersions: { method: 'GET', path: '/api/v1/plans/{planId}/compare' },
  compareWithKillBill: { method: 'GET', path: '/api/v1/invoices/kill-bill/comparison' },
  completePasskeySignIn: { method: 'POST', path: '/api/v1/auth/passkey', contentType: 'application/json' },
  completeSecondFactor: { method: 'POST', path: '/api/v1/auth/second-factor', contentType: 'application/json' },
  configureCreditWallet: { method: 'PUT', path: '/api/v1/credits/wallets/{accountId}/{currency}', contentType: 'application/json' },
  confirmAuthenticator: { method: 'POST', path: '/api/v1/users/me/authenticator/confirmation', contentType: 'application/json' },
  confirmEmailSignIn: { method: 'POST', path: '/api/v1/auth/email-sign-in/confirm', contentType: 'application/json' },
  confirmPasswordReset: { method: 'POST', path: '/api/v1/auth/password-reset/confirm', contentType: 'application/json' },
  connectKillBill: { method: 'PUT', path: '/api/v1/invoices/kill-bill', contentType: 'application/json' },
  correctUnmatchedUsage: { method: 'POST', path: '/api/v1/usage/unmatched/correct', contentType: 'application/json' },
  createAccount: { method: 'POST', path: '/api/v1/accounts', contentType: 'application/json', idempotent: true },
  createAccounts: { method: 'POST', path: '/api/v1/accounts/batch', contentType: 'application/json', idempotent: true },
  createApiKey: { method: 'POST', path: '/api/v1/api-keys', contentType: 'application/json' },
  createAuthenticator: { method: 'POST', path: '/api/v1/users/me/authenticator', contentType: 'application/json' },
  createBackfillSource: { method: 'POST', path: '/api/v1/metering/tenants/{tenantId}/backfill-sources', contentType: 'application/json', idempotent: true },
  createCharge: { method: 'POST', path: '/api/v1/invoices/charges', contentType: 'application/json', idempotent: true },
  createClient: { method: 'POST', path: '/api/v1/clients', contentType: 'application/json' },
  createCoupon: { method: 'POST', path: '/api/v1/coupons', contentType: 'application/json', idempotent: true },
  createDivision: { method: 'POST', path: '/api/v1/divisions', contentType: 'application/json', idempotent: true },
  createFeature: { method: 'POST', path: '/api/v1/features', contentType: 'application/json', idempotent: true },
  createGatewayAccount: { method: 'POST', path: '/api/v1/payments/gateway-accounts', contentType: 'application/json' },
  createGroup: { method: 'POST', path: '/api/v1/groups', contentType: 'application/json', idempotent: true },
  createIdentityProvider: { method: 'POST', path: '/api/v1/identity-providers', contentType: 'application/json' },
  createInvitation: { method: 'POST', path: '/api/v1/invitations', contentType: 'application/json', idempotent: true },
  createLegalEntity: { method: 'POST', path: '/api/v1/legal-entities', contentType: 'application/json', idempotent: true },
  createMeter: { method: 'POST', path: '/api/v1/metering/meters', contentType: 'application/json', idempotent: true },
  createOrganization: { method: 'POST', path: '/api/v1/organizations', contentType: 'application/json', idempotent: true },
  createPasskey: { method: 'POST', path: '/api/v1/users/me/passkeys', contentType: 'application/json' },
  createPermission: { method: 'POST', path: '/api/v1/permissions', contentType: 'application/json', idempotent: true },
  createPlan: { method: 'POST', path: '/api/v1/plans', contentType: 'application/json', idempotent: true },
  createPlanFamily: { method: 'POST', path: '/api/v1/plan-families', contentType: 'application/json', idempotent: true },
  createPlatformRole: { method: 'POST', path: '/api/v1/roles/platform', contentType: 'application/json', idempotent: true },
  createProduct: { method: 'POST', path: '/api/v1/products', contentType: 'application/json', idempotent: true },
  createQuota: { method: 'POST', path: '/api/v1/metering/quotas', contentType: 'application/json', idempotent: true },
  createRefund: { method: 'POST', path: '/api/v1/payments/{paymentId}/refunds', contentType: 'application/json', idempotent: true },
  createRole: { method: 'POST', path: '/api/v1/roles', contentType: 'application/json', idempotent: true },
  createServiceAccount: { method: 'POST', path: '/api/v1/service-accounts', contentType: 'application/json' },
  createSubscription: { method: 'POST', path: '/api/v1/subscriptions', contentType: 'application/json', idempotent: true },
  createSubscriptions: { method: 'POST', path: '/api/v1/subscriptions/batch', contentType: 'application/json', idempotent: true },
  createTaxRate: { method: 'POST', path: '/api/v1/tax-rates', contentType: 'application/json', idempotent: true },
  createUser: { method: 'POST', path: '/api/v1/users', contentType: 'application/json', idempotent: true },
  createWebhook: { method: 'POST', path: '/api/v1/webhooks', contentType: 'application/json' },
  deleteAccessEntity: { method: 'DELETE', path: '/api/v1/access/entities/{type}/{id}' },
  deleteApprovalRule: { method: 'DELETE', path: '/api/v1/disputes/approval-rules/{ruleId}' },
  deleteBackfillSource: { method: 'DELETE', path: '/api/v1/metering/tenants/{tenantId}/backfill-sources/{sourceId}' },
  deleteClient: { method: 'DELETE', path: '/api/v1/clients/{clientId}' },
  deleteDivision: { method: 'DELETE', path: '/api/v1/divisions/{divisionId}' },
  deleteGroup: { method: 'DELETE', path: '/api/v1/groups/{groupId}' },
  deleteIdentityProvider: { method: 'DELETE', path: '/api/v1/identity-providers/{providerId}' },
  deleteLegalEntity: { method: 'DELETE', path: '/api/v1/legal-entities/{legalEntityId}' },
  deletePasskey: { method: 'DELETE', path: '/api/v1/users/me/passkeys/{passkeyId}' },
  deletePermission: { method: 'DELETE', path: '/api/v1/permissions/{name}' },
  deletePlatformRole: { method: 'DELETE', path: '/api/v1/roles/platform/{roleId}' },
  deleteQuota: { method: 'DELETE', path: '/api/v1/metering/quotas/{quotaId}' },
  deleteRole: { method: 'DELETE', path: '/api/v1/roles/{roleId}' },
  deleteServiceAccount: { method: 'DELETE', path: '/api/v1/service-accounts/{serviceAccountId}' },
  deleteTaxRate: { method: 'DELETE', path: '/api/v1/tax-rates/{taxRateId}' },
  deleteUser: { method: 'DELETE', path: '/api/v1/users/{userId}' },
  deleteWebhook: { method: 'DELETE', path: '/api/v1/webhooks/{webhookId}' },
  disableServiceAccount: { method: 'POST', path: '/api/v1/service-accounts/{serviceAccountId}/disable' },
  disableUser: { method: 'POST', path: '/api/v1/users/{userId}/disable' },
  discoverSignInProviders: { method: 'POST', path: '/api/v1/auth/federation/discover', contentType: 'application/json' },
  downloadTenantExport: { method: 'GET', path: '/api/v1/tenants/{tenantId}/exports/{exportId}/archive' },
  enableServiceAccount: { method: 'POST', path: '/api/v1/service-accounts/{serviceAccountId}/enable' },
  enableUser: { method: 'POST', path: '/api/v1/users/{userId}/enable' },
  endImpersonation: { method: 'DELETE', path: '/api/v1/impersonations/current' },
  endUserSessions: { method: 'DELETE', path: '/api/v1/users/{userId}/sessions' },
  evaluateAccess: { method: 'POST', path: '/api/v1/access/v1/evaluation', contentType: 'application/json' },
  evaluateAccesses: { method: 'POST', path: '/api/v1/access/v1/evaluations', contentType: 'application/json' },
  explainPermission: { method: 'POST', path: '/api/v1/permissions/explain', contentType: 'application/json' },
  exportAuditTrail: { method: 'GET', path: '/api/v1/logs' },
  exportCatalogue: { method: 'GET', path: '/api/v1/products/catalogue' },
  exportUsage: { method: 'GET', path: '/api/v1/usage/export' },
  fillBackfillDay: { method: 'POST', path: '/api/v1/metering/tenants/{tenantId}/backfill-sources/{sourceId}/days', contentType: 'application/json' },
  finalizeInvoice: { method: 'POST', path: '/api/v1/invoices/{invoiceId}/finalize', idempotent: true },
  findDevice: { method: 'POST', path: '/api/v1/auth/devices/search', contentType: 'application/json' },
  getAccount: { method: 'GET', path: '/api/v1/accounts/{accountId}' },
  getApiKey: { method: 'GET', path: '/api/v1/api-keys/{apiKeyId}' },
  getApproval: { method: 'GET', path: '/api/v1/disputes/approvals/{approvalId}' },
  getAuditEntry: { method: 'GET', path: '/api/v1/audit/{entryId}' },
  getAuthenticator: { method: 'GET', path: '/api/v1/users/me/authenticator' },
  getBillingThreshold: { method: 'GET', path: '/api/v1/subscriptions/{subscriptionId}/billing-threshold' },
  getChargeback: { method: 'GET', path: '/api/v1/payments/chargebacks/{chargebackId}' },
  getChurn: { method: 'GET', path: '/api/v1/invoices/reports/churn' },
  getClient: { method: 'GET', path: '/api/v1/clients/{clientId}' },
  getCohorts: { method: 'GET', path: '/api/v1/invoices/reports/cohorts' },
  getConsentRequest: { method: 'GET', path: '/api/v1/auth/interactions/{interactionId}' },
  getCoupon: { method: 'GET', path: '/api/v1/coupons/{couponId}' },
  getCreditBalance: { method: 'GET', path: '/api/v1/credits/balance' },
  getCreditGrant: { method: 'GET', path: '/api/v1/credits/grants/{grantId}' },
  getCreditNote: { method: 'GET', path: '/api/v1/credit-notes/{creditNoteId}' },
  getCreditNotePdf: { method: 'GET', path: '/api/v1/credit-notes/{creditNoteId}/pdf' },
  getCreditNoteUbl: { method: 'GET', path: '/api/v1/credit-notes/{creditNoteId}/ubl' },
  getCredits: { method: 'GET', path: '/api/v1/credits' },
  getCurrentUsage: { method: 'GET', path: '/api/v1/usage/current' },
  getDeletionCertificate: { method: 'GET', path: '/api/v1/tenants/{tenantId}/certificate' },
  getDispute: { method: 'GET', path: '/api/v1/disputes/{disputeId}' },
  getDisputeSnapshot: { method: 'GET', path: '/api/v1/disputes/{disputeId}/snapshot/{part}' },
  getDivision: { method: 'GET', path: '/api/v1/divisions/{divisionId}' },
  getEmailDomain: { method: 'GET', path: '/api/v1/email-domains/{domainId}' },
  getEntitlements: { method: 'GET', path: '/api/v1/subscriptions/entitlements' },
  getEvidence: { method: 'GET', path: '/api/v1/disputes/evidence' },
  getEvidencePart: { method: 'GET', path: '/api/v1/disputes/evidence/{part}' },
  getFeature: { method: 'GET', path: '/api/v1/features/{featureId}' },
  getGatewayAccount: { method: 'GET', path: '/api/v1/payments/gateway-accounts/{gatewayAccountId}' },
  getGroup: { method: 'GET', path: '/api/v1/groups/{groupId}' },
  getIdentityProvider: { method: 'GET', path: '/api/v1/identity-providers/{providerId}' },
  getInvitation: { method: 'GET', path: '/api/v1/invitations/{invitationId}' },
  getInvoice: { method: 'GET', path: '/api/v1/invoices/{invoiceId}' },
  getInvoiceDunning: { method: 'GET', path: '/api/v1/invoices/{invoiceId}/dunning' },
  getInvoicePdf: { method: 'GET', path: '/api/v1/invoices/{invoiceId}/pdf' },
  getInvoiceUbl: { method: 'GET', path: '/api/v1/invoices/{invoiceId}/ubl' },
  getKillBillConnection: { method: 'GET', path: '/api/v1/invoices/kill-bill' },
  getLegalEntity: { method: 'GET', path: '/api/v1/legal-entities/{legalEntityId}' },
  getMeter: { method: 'GET', path: '/api/v1/metering/meters/{meterId}' },
  getMrr: { method: 'GET', path: '/api/v1/invoices/reports/mrr' },
  getOrganization: { method: 'GET', path: '/api/v1/organizations/{organizationId}' },
  getOwnProfile: { method: 'GET', path: '/api/v1/profiles/me' },
  getOwnUser: { method: 'GET', path: '/api/v1/users/me' },
  getPayment: { method: 'GET', path: '/api/v1/payments/{paymentId}' },
  getPaymentMethod: { method: 'GET', path: '/api/v1/payments/methods/{paymentMethodId}' },
  getPlan: { method: 'GET', path: '/api/v1/plans/{planId}' },
  getPlanFamily: { method: 'GET', path: '/api/v1/plan-families/{familyId}' },
  getPlanVersion: { method: 'GET', path: '/api/v1/plans/{planId}/versions/{planVersion}' },
  getPrice: { method: 'GET', path: '/api/v1/prices/{priceId}' },
  getProduct: { method: 'GET', path: '/api/v1/products/{productId}' },
  getQuota: { method: 'GET', path: '/api/v1/metering/quotas/{quotaId}' },
  getRealmRoles: { method: 'GET', path: '/api/v1/users/{userId}/realm-roles' },
  getReceivables: { method: 'GET', path: '/api/v1/invoices/reports/receivables' },
  getRefund: { method: 'GET', path: '/api/v1/payments/refunds/{refundId}' },
  getRevenueRecognition: { method: 'GET', path: '/api/v1/invoices/reports/revenue-recognition' },
  getRole: { method: 'GET', path: '/api/v1/roles/{roleId}' },
  getServiceAccount: { method: 'GET', path: '/api/v1/service-accounts/{serviceAccountId}' },
  getServiceRevenue: { method: 'GET', path: '/api/v1/invoices/reports/usage-by-service' },
  getSession: { method: 'GET', path: '/api/v1/auth/session' },
  getSignInPolicy: { method: 'GET', path: '/api/v1/sign-in-policy' },
  getStatement: { method: 'GET', path: '/api/v1/invoices/statements' },
  getStatementPdf: { method: 'GET', path: '/api/v1/invoices/statements/pdf' },
  getSubscription: { method: 'GET', path: '/api/v1/subscriptions/{subscriptionId}' },
  getTenant: { method: 'GET', path: '/api/v1/tenants/{tenantId}' },
  getTenantExport: { method: 'GET', path: '/api/v1/tenants/{tenantId}/exports/{exportId}' },
  getTestClock: { method: 'GET', path: '/api/v1/subscriptions/clock' },
  getToken: { method: 'GET', path: '/api/v1/auth/token' },
  getUsage: { method: 'GET', path: '/api/v1/usage' },
  getUsageRevenue: { method: 'GET', path: '/api/v1/invoices/reports/usage' },
  getUser: { method: 'GET', path: '/api/v1/users/{userId}' },
  getWebhook: { method: 'GET', path: '/api/v1/webhooks/{webhookId}' },
  grantCredit: { method: 'POST', path: '/api/v1/credits/grants', contentType: 'application/json', idempotent: true },
  ignoreBankTransfer: { method: 'POST', path: '/api/v1/payments/bank-transfers/{transferId}/ignore', idempotent: true },
  importBankStatement: { method: 'POST', path: '/api/v1/payments/bank-statements', contentType: 'application/json', idempotent: true },
  importCatalogue: { method: 'PUT', path: '/api/v1/products/catalogue', contentType: 'application/json' },
  ingestUsage: { method: 'POST', path: '/api/v1/usage/events', contentType: 'application/cloudevents-batch+json' },
  investigateDispute: { method: 'POST', path: '/api/v1/disputes/{disputeId}/investigate' },
  issueCreditNote: { method: 'POST', path: '/api/v1/invoices/{invoiceId}/credit-notes', contentType: 'application/json', idempotent: true },
  leaveOrganization: { method: 'POST', path: '/api/v1/organizations/{organizationId}/leave' },
  linkIdentity: { method: 'POST', path: '/api/v1/users/me/identities', contentType: 'application/json' },
  linkUserIdentity: { method: 'POST', path: '/api/v1/users/{userId}/identities', contentType: 'application/json' },
  listAccessEntities: { method: 'GET', path: '/api/v1/access/entities/{type}' },
  listAccountCoupons: { method: 'GET', path: '/api/v1/subscriptions/accounts/{accountId}/coupons' },
  listAccounts: { method: 'GET', path: '/api/v1/accounts' },
  listApiKeys: { method: 'GET', path: '/api/v1/api-keys' },
  listApprovalRules: { method: 'GET', path: '/api/v1/disputes/approval-rules' },
  listApprovals: { method: 'GET', path: '/api/v1/disputes/approvals' },
  listAuditEntries: { method: 'GET', path: '/api/v1/audit' },
  listBackfillDays: { method: 'GET', path: '/api/v1/metering/tenants/{tenantId}/backfill-sources/{sourceId}/days' },
  listBackfillSources: { method: 'GET', path: '/api/v1/metering/tenants/{tenantId}/backfill-sources' },
  listBankTransfers: { method: 'GET', path: '/api/v1/payments/bank-transfers' },
  listChargebacks: { method: 'GET', path: '/api/v1/payments/chargebacks' },
  listCharges: { method: 'GET', path: '/api/v1/invoices/charges' },
  listClients: { method: 'GET', path: '/api/v1/clients' },
  listConsents: { method: 'GET', path: '/api/v1/users/me/consents' },
  listCoupons: { method: 'GET', path: '/api/v1/coupons' },
  listCreditEntries: { method: 'GET', path: '/api/v1/credits/entries' },
  listCreditGrants: { method: 'GET', path: '/api/v1/credits/grants' },
  listCreditNotes: { method: 'GET', path: '/api/v1/credit-notes' },
  listDecisions: { method: 'GET', path: '/api/v1/access/decisions' },
  listDisputeTimeline: { method: 'GET', path: '/api/v1/disputes/{disputeId}/timeline' },
  listDisputes: { method: 'GET', path: '/api/v1/disputes' },
  listDivisions: { method: 'GET', path: '/api/v1/divisions' },
  listDunningPolicies: { method: 'GET', path: '/api/v1/payments/dunning-policies' },
  listEmailDomains: { method: 'GET', path: '/api/v1/email-domains' },
  listFeatures: { method: 'GET', path: '/api/v1/features' },
  listGatewayAccounts: { method: 'GET', path: '/api/v1/payments/gateway-accounts' },
  listGroupMembers: { method: 'GET', path: '/api/v1/groups/{groupId}/members' },
  listGroups: { method: 'GET', path: '/api/v1/groups' },
  listIdentities: { method: 'GET', path: '/api/v1/users/me/identities' },
  listIdentityProviders: { method: 'GET', path: '/api/v1/identity-providers' },
  listInvitations: { method: 'GET', path: '/api/v1/invitations' },
  listInvoiceLines: { method: 'GET', path: '/api/v1/invoices/{invoiceId}/lines' },
  listInvoices: { method: 'GET', path: '/api/v1/invoices' },
  listKillBillSubscriptions: { method: 'GET', path: '/api/v1/invoices/kill-bill/subscriptions' },
  listLegalEntities: { method: 'GET', path: '/api/v1/legal-entities' },
  listMeters: { method: 'GET', path: '/api/v1/metering/meters' },
  listNoticeSettings: { method: 'GET', path: '/api/v1/payments/notice-settings' },
  listNotices: { method: 'GET', path: '/api/v1/payments/notices' },
  listOrganizationMembers: { method: 'GET', path: '/api/v1/organizations/{organizationId}/members' },
  listOrganizations: { method: 'GET', path: '/api/v1/organizations' },
  listPasskeys: { method: 'GET', path: '/api/v1/users/me/passkeys' },
  listPaymentMethods: { method: 'GET', path: '/api/v1/payments/methods' },
  listPayments: { method: 'GET', path: '/api/v1/payments' },
  listPermissions: { method: 'GET', path: '/api/v1/permissions' },
  listPlanFamilies: { method: 'GET', path: '/api/v1/plan-families' },
  listPlanVersions: { method: 'GET', path: '/api/v1/plans/{planId}/versions' },
  listPlans: { method: 'GET', path: '/api/v1/plans' },
  listPlatformRoleAssignments: { method: 'GET', path: '/api/v1/roles/platform/assignments' },
  listPlatformRoles: { method: 'GET', path: '/api/v1/roles/platform' },
  listPrices: { method: 'GET', path: '/api/v1/prices' },
  listProducts: { method: 'GET', path: '/api/v1/products' },
  listQuotaAlerts: { method: 'GET', path: '/api/v1/metering/quotas/{quotaId}/alerts' },
  listQuotaStates: { method: 'GET', path: '/api/v1/usage/quotas' },
  listQuotas: { method: 'GET', path: '/api/v1/metering/quotas' },
  listRefunds: { method: 'GET', path: '/api/v1/payments/refunds' },
  listRejectedUsage: { method: 'GET', path: '/api/v1/usage/rejected/events' },
  listRejectionReasons: { method: 'GET', path: '/api/v1/usage/rejected' },
  listRoleAssignments: { method: 'GET', path: '/api/v1/roles/assignments' },
  listRoles: { method: 'GET', path: '/api/v1/roles' },
  listScheduledChanges: { method: 'GET', path: '/api/v1/subscriptions/{subscriptionId}/scheduled-changes' },
  listServiceAccounts: { method: 'GET', path: '/api/v1/service-accounts' },
  listSessions: { method: 'GET', path: '/api/v1/sessions' },
  listSignInProviders: { method: 'GET', path: '/api/v1/auth/federation/providers' },
  listSigningKeys: { method: 'GET', path: '/api/v1/auth/jwks' },
  listSubscriptionCoupons: { method: 'GET', path: '/api/v1/subscriptions/{subscriptionId}/coupons' },
  listSubscriptions: { method: 'GET', path: '/api/v1/subscriptions' },
  listTaxRates: { method: 'GET', path: '/api/v1/tax-rates' },
  listTenantExports: { method: 'GET', path: '/api/v1/tenants/{tenantId}/exports' },
  listTenants: { method: 'GET', path: '/api/v1/tenants' },
  listTiers: { method: 'GET', path: '/api/v1/tiers' },
  listUnmatchedUsage: { method: 'GET', path: '/api/v1/usage/unmatched' },
  listUnmatchedUsageEvents: { method: 'GET', path: '/api/v1/usage/unmatched/events' },
  listUsageEvents: { method: 'GET', path: '/api/v1/usage/events' },
  listUserSessions: { method: 'GET', path: '/api/v1/users/{userId}/sessions' },
  listUsers: { method: 'GET', path: '/api/v1/users' },
  listWebhookDeliveries: { method: 'GET', path: '/api/v1/webhooks/{webhookId}/deliveries' },
  listWebhooks: { method: 'GET', path: '/api/v1/webhooks' },
  lookUpInvitation: { method: 'POST', path: '/api/v1/auth/invitations/look-up', contentType: 'application/json' },
  makePaymentMethodDefault: { method: 'POST', path: '/api/v1/payments/methods/{paymentMethodId}/default', idempotent: true },
  migrateVersions: { method: 'POST', path: '/api/v1/subscriptions/migrations', contentType: 'application/json' },
  moveDivision: { method: 'POST', path: '/api/v1/divisions/{divisionId}/move', contentType: 'application/json' },
  openDispute: { method: 'POST', path: '/api/v1/disputes', contentType: 'application/json', idempotent: true },
  openMeterCustomerEntitlementValue: { method: 'GET', path: '/api/v1/metering/openmeter/api/v1/customers/{account}/entitlements/{feature}/value' },
  openMeterCustomerEntitlementValueV2: { method: 'GET', path: '/api/v1/metering/openmeter/api/v2/customers/{account}/entitlements/{feature}/value' },
  openMeterGetMeter: { method: 'GET', path: '/api/v1/metering/openmeter/api/v1/meters/{meterIdOrSlug}' },
  openMeterIngestEvents: { method: 'POST', path: '/api/v1/metering/openmeter/api/v1/events', contentType: 'application/cloudevents-batch+json' },
  openMeterListMeters: { method: 'GET', path: '/api/v1/metering/openmeter/api/v1/meters' },
  openMeterQueryMeter: { method: 'GET', path: '/api/v1/metering/openmeter/api/v1/meters/{meterIdOrSlug}/query' },
  openMeterSubjectEntitlementValue: { method: 'GET', path: '/api/v1/metering/openmeter/api/v1/subjects/{account}/entitlements/{feature}/value' },
  pauseInvoiceDunning: { method: 'POST', path: '/api/v1/invoices/{invoiceId}/dunning/pause' },
  pauseSubscription: { method: 'POST', path: '/api/v1/subscriptions/{subscriptionId}/pause', contentType: 'application/json', idempotent: true },
  payInvoice: { method: 'POST', path: '/api/v1/invoices/{invoiceId}/pay', contentType: 'application/json', idempotent: true },
  previewPlanVersion: { method: 'POST', path: '/api/v1/plans/{planId}/versions/preview', contentType: 'application/json' },
  previewSubscription: { method: 'POST', path: '/api/v1/subscriptions/preview', contentType: 'application/json' },
  previewSubscriptionChange: { method: 'POST', path: '/api/v1/subscriptions/{subscriptionId}/preview', contentType: 'application/json' },
  previewVersionMigration: { method: 'POST', path: '/api/v1/subscriptions/migrations/preview', contentType: 'application/json' },
  publishPlanVersion: { method: 'POST', path: '/api/v1/plans/{planId}/versions', contentType: 'application/json', idempotent: true },
  putAccessEntity: { method: 'PUT', path: '/api/v1/access/entities/{type}/{id}', contentType: 'application/json' },
  reactivateSubscription: { method: 'POST', path: '/api/v1/subscriptions/{subscriptionId}/reactivate', idempotent: true },
  receiveGatewayEvent: { method: 'POST', path: '/api/v1/payments/webhooks/{gatewayAccountId}', contentType: 'application/json' },
  reconcilePayments: { method: 'GET', path: '/api/v1/payments/reconciliation' },
  redeemAccountCoupon: { method: 'POST', path: '/api/v1/subscriptions/accounts/{accountId}/coupons', contentType: 'application/json', idempotent: true },
  redeemSubscriptionCoupon: { method: 'POST', path: '/api/v1/subscriptions/{subscriptionId}/coupons', contentType: 'application/json', idempotent: true },
  redeliverWebhook: { method: 'POST', path: '/api/v1/webhooks/{webhookId}/deliveries/{deliveryId}/redeliver' },
  rejectRequest: { method: 'POST', path: '/api/v1/disputes/approvals/{approvalId}/reject', contentType: 'application/json' },
  removeAccountCoupon: { method: 'DELETE', path: '/api/v1/subscriptions/accounts/{accountId}/coupons/{redemptionId}' },
  removeAddOn: { method: 'POST', path: '/api/v1/subscriptions/{subscriptionId}/add-ons/{addOnId}/cancel', contentType: 'application/json', idempotent: true },
  removeAuthenticator: { method: 'POST', path: '/api/v1/users/me/authenticator/removal', contentType: 'application/json' },
  removeBillingThreshold: { method: 'DELETE', path: '/api/v1/subscriptions/{subscriptionId}/billing-threshold' },
  removeDraftLine: { method: 'DELETE', path: '/api/v1/invoices/{invoiceId}/lines/{position}' },
  removeEmailDomain: { method: 'DELETE', path: '/api/v1/email-domains/{domainId}' },
  removeGroupMember: { method: 'DELETE', path: '/api/v1/groups/{groupId}/members/{userId}' },
  removeOrganizationMember: { method: 'DELETE', path: '/api/v1/organizations/{organizationId}/members/{userId}' },
  removePaymentMethod: { method: 'DELETE', path: '/api/v1/payments/methods/{paymentMethodId}' },
  removePlatformRoleAssignment: { method: 'DELETE', path: '/api/v1/roles/platform/assignments/{assignmentId}' },
  removeRoleAssignment: { method: 'DELETE', path: '/api/v1/roles/assignments/{assignmentId}' },
  removeScheduledChange: { method: 'DELETE', path: '/api/v1/subscriptions/{subscriptionId}/scheduled-changes/{scheduledChangeId}' },
  removeSubscriptionCoupon: { method: 'DELETE', path: '/api/v1/subscriptions/{subscriptionId}/coupons/{redemptionId}' },
  renamePasskey: { method: 'PATCH', path: '/api/v1/users/me/passkeys/{passkeyId}', contentType: 'application/merge-patch+json' },
  renameSession: { method: 'PATCH', path: '/api/v1/sessions/{sessionId}', contentType: 'application/merge-patch+json' },
  renewRecoveryCodes: { method: 'POST', path: '/api/v1/users/me/recovery-codes', contentType: 'application/json' },
  reopenTenant: { method: 'POST', path: '/api/v1/tenants/{tenantId}/reopen' },
  replaceLegalEntity: { method: 'PUT', path: '/api/v1/legal-entities/{legalEntityId}', contentType: 'application/json' },
  replaceSignInPolicy: { method: 'PUT', path: '/api/v1/sign-in-policy', contentType: 'application/json' },
  replaceTaxRate: { method: 'PUT', path: '/api/v1/tax-rates/{taxRateId}', contentType: 'application/json' },
  replaceUsageEvent: { method: 'POST', path: '/api/v1/usage/events/replace', contentType: 'application/json', idempotent: true },
  replayUnmatchedUsage: { method: 'POST', path: '/api/v1/usage/unmatched/replay' },
  requestEmailSignIn: { method: 'POST', path: '/api/v1/auth/email-sign-in', contentType: 'application/json' },
  requestPasswordReset: { method: 'POST', path: '/api/v1/auth/password-reset', contentType: 'application/json' },
  requestTenantExport: { method: 'POST', path: '/api/v1/tenants/{tenantId}/exports', idempotent: true },
  requestVerification: { method: 'POST', path: '/api/v1/auth/verification', contentType: 'application/json' },
  resendInvitation: { method: 'POST', path: '/api/v1/invitations/{invitationId}/resend' },
  resendRejectedUsage: { method: 'POST', path: '/api/v1/usage/rejected/events/{rejectedId}/resend', contentType: 'application/json' },
  resetUserPassword: { method: 'POST', path: '/api/v1/users/{userId}/password-reset' },
  resumeInvoiceDunning: { method: 'POST', path: '/api/v1/invoices/{invoiceId}/dunning/resume' },
  resumeSubscription: { method: 'POST', path: '/api/v1/subscriptions/{subscriptionId}/resume', contentType: 'application/json', idempotent: true },
  retractUsageEvent: { method: 'POST', path: '/api/v1/usage/events/retract', contentType: 'application/json', idempotent: true },
  revokeAllSessions: { method: 'DELETE', path: '/api/v1/sessions' },
  revokeApiKey: { method: 'DELETE', path: '/api/v1/api-keys/{apiKeyId}' },
  revokeInvitation: { method: 'DELETE', path: '/api/v1/invitations/{invitationId}' },
  revokeSession: { method: 'DELETE', path: '/api/v1/sessions/{sessionId}' },
  rotateApiKey: { method: 'POST', path: '/api/v1/api-keys/{apiKeyId}/rotate', contentType: 'application/json' },
  rotateClientSecret: { method: 'POST', path: '/api/v1/clients/{clientId}/secret', contentType: 'application/json' },
  rotateServiceAccountSecret: { method: 'POST', path: '/api/v1/service-accounts/{serviceAccountId}/secret', contentType: 'application/json' },
  rotateWebhookSecret: { method: 'POST', path: '/api/v1/webhooks/{webhookId}/secret', contentType: 'application/json' },
  runInvoices: { method: 'POST', path: '/api/v1/invoices/runs', contentType: 'application/json' },
  runKillBillMirror: { method: 'POST', path: '/api/v1/invoices/kill-bill/runs', contentType: 'application/json' },
  searchActions: { method: 'POST', path: '/api/v1/access/v1/search/action', contentType: 'application/json' },
  searchResources: { method: 'POST', path: '/api/v1/access/v1/search/resource', contentType: 'application/json' },
  searchSubjects: { method: 'POST', path: '/api/v1/access/v1/search/subject', contentType: 'application/json' },
  setApprovalRule: { method: 'PUT', path: '/api/v1/disputes/approval-rules', contentType: 'application/json' },
  setBillingThreshold: { method: 'PUT', path: '/api/v1/subscriptions/{subscriptionId}/billing-threshold', contentType: 'application/json' },
  setDunningPolicy: { method: 'PUT', path: '/api/v1/payments/dunning-policies/{legalEntityId}', contentType: 'application/json' },
  setNoticeSettings: { method: 'PUT', path: '/api/v1/payments/notice-settings/{legalEntityId}', contentType: 'application/json' },
  setRealmRoles: { method: 'PUT', path: '/api/v1/users/{userId}/realm-roles', contentType: 'application/json' },
  signIn: { method: 'POST', path: '/api/v1/auth/sign-in/email', contentType: 'application/json' },
  signOut: { method: 'POST', path: '/api/v1/auth/sign-out' },
  signUp: { method: 'POST', path: '/api/v1/auth/sign-up/email', contentType: 'application/json' },
  signUpByInvitation: { method: 'POST', path: '/api/v1/auth/invitations/sign-up', contentType: 'application/json' },
  startImpersonation: { method: 'POST', path: '/api/v1/impersonations', contentType: 'application/json' },
  startPaymentMethodSetup: { method: 'POST', path: '/api/v1/payments/methods/setups', contentType: 'application/json' },
  suspendTenant: { method: 'POST', path: '/api/v1/tenants/{tenantId}/suspend' },
  testIdentityProvider: { method: 'POST', path: '/api/v1/identity-providers/{providerId}/test' },
  testWebhook: { method: 'POST', path: '/api/v1/webhooks/{webhookId}/test' },
  transferOrganization: { method: 'POST', path: '/api/v1/organizations/{organizationId}/transfer', contentType: 'application/json' },
  unlinkIdentity: { method: 'DELETE', path: '/api/v1/users/me/identities/{identityId}' },
  updateAccount: { method: 'PATCH', path: '/api/v1/accounts/{accountId}', contentType: 'application/merge-patch+json' },
  updateApiKey: { method: 'PATCH', path: '/api/v1/api-keys/{apiKeyId}', contentType: 'application/merge-patch+json' },
  updateClient: { method: 'PATCH', path: '/api/v1/clients/{clientId}', contentType: 'application/merge-patch+json' },
  updateCoupon: { method: 'PATCH', path: '/api/v1/coupons/{couponId}', contentType: 'application/merge-patch+json' },
  updateDispute: { method: 'PATCH', path: '/api/v1/disputes/{disputeId}', contentType: 'application/merge-patch+json' },
  updateDivision: { method: 'PATCH', path: '/api/v1/divisions/{divisionId}', contentType: 'application/merge-patch+json' },
  updateEmailDomain: { method: 'PATCH', path: '/api/v1/email-domains/{domainId}', contentType: 'application/merge-patch+json' },
  updateFeature: { method: 'PATCH', path: '/api/v1/features/{featureId}', contentType: 'application/merge-patch+json' },
  updateGatewayAccount: { method: 'PATCH', path: '/api/v1/payments/gateway-accounts/{gatewayAccountId}', contentType: 'application/merge-patch+json' },
  updateGroup: { method: 'PATCH', path: '/api/v1/groups/{groupId}', contentType: 'application/merge-patch+json' },
  updateIdentityProvider: { method: 'PATCH', path: '/api/v1/identity-providers/{providerId}', contentType: 'application/merge-patch+json' },
  updateMeter: { method: 'PATCH', path: '/api/v1/metering/meters/{meterId}', contentType: 'application/merge-patch+json' },
  updateOrganization: { method: 'PATCH', path: '/api/v1/organizations/{organizationId}', contentType: 'application/merge-patch+json' },
  updateOwnProfile: { method: 'PATCH', path: '/api/v1/profiles/me', contentType: 'application/merge-patch+json' },
  updateOwnUser: { method: 'PATCH', path: '/api/v1/users/me', contentType: 'application/merge-patch+json' },
  updatePlan: { method: 'PATCH', path: '/api/v1/plans/{planId}', contentType: 'application/merge-patch+json' },
  updatePlanFamily: { method: 'PATCH', path: '/api/v1/plan-families/{familyId}', contentType: 'application/merge-patch+json' },
  updatePlatformRole: { method: 'PATCH', path: '/api/v1/roles/platform/{roleId}', contentType: 'application/merge-patch+json' },
  updateProduct: { method: 'PATCH', path: '/api/v1/products/{productId}', contentType: 'application/merge-patch+json' },
  updateQuota: { method: 'PATCH', path: '/api/v1/metering/quotas/{quotaId}', contentType: 'application/merge-patch+json' },
  updateRole: { method: 'PATCH', path: '/api/v1/roles/{roleId}', contentType: 'application/merge-patch+json' },
  updateServiceAccount: { method: 'PATCH', path: '/api/v1/service-accounts/{serviceAccountId}', contentType: 'application/merge-patch+json' },
  updateTenant: { method: 'PATCH', path: '/api/v1/tenants/{tenantId}', contentType: 'application/merge-patch+json' },
  updateUser: { method: 'PATCH', path: '/api/v1/users/{userId}', contentType: 'application/merge-patch+json' },
  updateWebhook: { method: 'PATCH', path: '/api/v1/webhooks/{webhookId}', contentType: 'application/merge-patch+json' },
  verifyAuditTrail: { method: 'GET', path: '/api/v1/audit/verification' },
  verifyEmail: { method: 'POST', path: '/api/v1/auth/verify-email', contentType: 'application/json' },
  verifyEmailDomain: { method: 'POST', path: '/api/v1/email-domains/{domainId}/verify' },
  voidCreditGrant: { method: 'POST', path: '/api/v1/credits/grants/{grantId}/void', contentType: 'application/json', idempotent: true },
  voidInvoice: { method: 'POST', path: '/api/v1/invoices/{invoiceId}/void', contentType: 'application/json', idempotent: true },
  withdrawConsent: { method: 'DELETE', path: '/api/v1/users/me/consents/{clientId}' },
  writeOffInvoice: { method: 'POST', path: '/api/v1/invoices/{invoiceId}/write-off', contentType: 'application/json', idempotent: true },
} as const;
