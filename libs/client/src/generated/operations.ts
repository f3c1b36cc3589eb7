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
      /** how much of what it may have; a name that is absent is not limited */
      limits: Record<string, number>;
      /** when a closing tenant is deleted */
      deletesAt: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
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
      /** how much of what it may have; a name that is absent is not limited */
      limits: Record<string, number>;
      /** when a closing tenant is deleted */
      deletesAt: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
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
      /** how much of what it may have; a name that is absent is not limited */
      limits: Record<string, number>;
      /** when a closing tenant is deleted */
      deletesAt: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
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
        scopes: ("user:read" | "user:write" | "user:impersonate" | "user:disable" | "user:administer" | "invitation:read" | "invitation:write" | "group:read" | "group:write" | "role:read" | "role:write" | "service-account:read" | "service-account:write" | "identity-provider:read" | "identity-provider:write" | "client:read" | "client:write" | "policy:read" | "policy:write" | "webhook:read" | "webhook:write" | "scim:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "tenant:export" | "tenant:delete" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "audit:read")[];
        expiresAt?: string;
        rateLimit?: number | null;
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      name: string;
      prefix: string;
      scopes: ("user:read" | "user:write" | "user:impersonate" | "user:disable" | "user:administer" | "invitation:read" | "invitation:write" | "group:read" | "group:write" | "role:read" | "role:write" | "service-account:read" | "service-account:write" | "identity-provider:read" | "identity-provider:write" | "client:read" | "client:write" | "policy:read" | "policy:write" | "webhook:read" | "webhook:write" | "scim:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "tenant:export" | "tenant:delete" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "audit:read")[];
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
        permissions?: ("user:read" | "user:write" | "user:impersonate" | "user:disable" | "user:administer" | "invitation:read" | "invitation:write" | "group:read" | "group:write" | "role:read" | "role:write" | "service-account:read" | "service-account:write" | "identity-provider:read" | "identity-provider:write" | "client:read" | "client:write" | "policy:read" | "policy:write" | "webhook:read" | "webhook:write" | "scim:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "tenant:export" | "tenant:delete" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "audit:read")[];
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
      permissions: ("user:read" | "user:write" | "user:impersonate" | "user:disable" | "user:administer" | "invitation:read" | "invitation:write" | "group:read" | "group:write" | "role:read" | "role:write" | "service-account:read" | "service-account:write" | "identity-provider:read" | "identity-provider:write" | "client:read" | "client:write" | "policy:read" | "policy:write" | "webhook:read" | "webhook:write" | "scim:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "tenant:export" | "tenant:delete" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "audit:read")[];
      logoUri: string | null;
      homeUri: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
      secret: string | null;
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
        eventTypes: ("identity.signed_in" | "identity.signed_out" | "identity.disabled" | "identity.enabled" | "member.joined" | "member.left" | "invitation.created" | "invitation.accepted" | "invitation.revoked")[];
      };
    };
    response: {
      /** UUIDv7 */
      id: string;
      url: string;
      description: string | null;
      eventTypes: ("identity.signed_in" | "identity.signed_out" | "identity.disabled" | "identity.enabled" | "member.joined" | "member.left" | "invitation.created" | "invitation.accepted" | "invitation.revoked")[];
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
      scopes: ("user:read" | "user:write" | "user:impersonate" | "user:disable" | "user:administer" | "invitation:read" | "invitation:write" | "group:read" | "group:write" | "role:read" | "role:write" | "service-account:read" | "service-account:write" | "identity-provider:read" | "identity-provider:write" | "client:read" | "client:write" | "policy:read" | "policy:write" | "webhook:read" | "webhook:write" | "scim:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "tenant:export" | "tenant:delete" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "audit:read")[];
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
      permissions: ("user:read" | "user:write" | "user:impersonate" | "user:disable" | "user:administer" | "invitation:read" | "invitation:write" | "group:read" | "group:write" | "role:read" | "role:write" | "service-account:read" | "service-account:write" | "identity-provider:read" | "identity-provider:write" | "client:read" | "client:write" | "policy:read" | "policy:write" | "webhook:read" | "webhook:write" | "scim:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "tenant:export" | "tenant:delete" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "audit:read")[];
      logoUri: string | null;
      homeUri: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
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
      /** how much of what it may have; a name that is absent is not limited */
      limits: Record<string, number>;
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
      eventTypes: ("identity.signed_in" | "identity.signed_out" | "identity.disabled" | "identity.enabled" | "member.joined" | "member.left" | "invitation.created" | "invitation.accepted" | "invitation.revoked")[];
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
        scopes: ("user:read" | "user:write" | "user:impersonate" | "user:disable" | "user:administer" | "invitation:read" | "invitation:write" | "group:read" | "group:write" | "role:read" | "role:write" | "service-account:read" | "service-account:write" | "identity-provider:read" | "identity-provider:write" | "client:read" | "client:write" | "policy:read" | "policy:write" | "webhook:read" | "webhook:write" | "scim:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "tenant:export" | "tenant:delete" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "audit:read")[];
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
        permissions: ("user:read" | "user:write" | "user:impersonate" | "user:disable" | "user:administer" | "invitation:read" | "invitation:write" | "group:read" | "group:write" | "role:read" | "role:write" | "service-account:read" | "service-account:write" | "identity-provider:read" | "identity-provider:write" | "client:read" | "client:write" | "policy:read" | "policy:write" | "webhook:read" | "webhook:write" | "scim:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "tenant:export" | "tenant:delete" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "audit:read")[];
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
  /** List every permission of the platform and of the tenant's applications */
  listPermissions: {
    input: {};
    response: {
      data: string[];
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
        /** how much of what it may have; a name that is absent is not limited */
        limits: Record<string, number>;
        /** when a closing tenant is deleted */
        deletesAt: string | null;
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
        eventTypes: ("identity.signed_in" | "identity.signed_out" | "identity.disabled" | "identity.enabled" | "member.joined" | "member.left" | "invitation.created" | "invitation.accepted" | "invitation.revoked")[];
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
      /** how much of what it may have; a name that is absent is not limited */
      limits: Record<string, number>;
      /** when a closing tenant is deleted */
      deletesAt: string | null;
      version: number;
      createdAt: string;
      updatedAt: string;
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
      scopes: ("user:read" | "user:write" | "user:impersonate" | "user:disable" | "user:administer" | "invitation:read" | "invitation:write" | "group:read" | "group:write" | "role:read" | "role:write" | "service-account:read" | "service-account:write" | "identity-provider:read" | "identity-provider:write" | "client:read" | "client:write" | "policy:read" | "policy:write" | "webhook:read" | "webhook:write" | "scim:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "tenant:export" | "tenant:delete" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "audit:read")[];
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
      eventTypes: ("identity.signed_in" | "identity.signed_out" | "identity.disabled" | "identity.enabled" | "member.joined" | "member.left" | "invitation.created" | "invitation.accepted" | "invitation.revoked")[];
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
      /** how much of what it may have; a name that is absent is not limited */
      limits: Record<string, number>;
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
      scopes: ("user:read" | "user:write" | "user:impersonate" | "user:disable" | "user:administer" | "invitation:read" | "invitation:write" | "group:read" | "group:write" | "role:read" | "role:write" | "service-account:read" | "service-account:write" | "identity-provider:read" | "identity-provider:write" | "client:read" | "client:write" | "policy:read" | "policy:write" | "webhook:read" | "webhook:write" | "scim:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "tenant:export" | "tenant:delete" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "audit:read")[];
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
        permissions?: ("user:read" | "user:write" | "user:impersonate" | "user:disable" | "user:administer" | "invitation:read" | "invitation:write" | "group:read" | "group:write" | "role:read" | "role:write" | "service-account:read" | "service-account:write" | "identity-provider:read" | "identity-provider:write" | "client:read" | "client:write" | "policy:read" | "policy:write" | "webhook:read" | "webhook:write" | "scim:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "tenant:export" | "tenant:delete" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "audit:read")[];
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
      permissions: ("user:read" | "user:write" | "user:impersonate" | "user:disable" | "user:administer" | "invitation:read" | "invitation:write" | "group:read" | "group:write" | "role:read" | "role:write" | "service-account:read" | "service-account:write" | "identity-provider:read" | "identity-provider:write" | "client:read" | "client:write" | "policy:read" | "policy:write" | "webhook:read" | "webhook:write" | "scim:write" | "api-key:read" | "api-key:write" | "session:read" | "session:write" | "tenant:read" | "tenant:write" | "tenant:suspend" | "tenant:export" | "tenant:delete" | "organization:read" | "organization:write" | "division:read" | "division:write" | "account:read" | "account:write" | "profile:read" | "profile:write" | "product:read" | "product:write" | "plan:read" | "plan:write" | "subscription:read" | "subscription:write" | "invoice:read" | "invoice:write" | "meter:read" | "meter:write" | "usage:read" | "usage:write" | "audit:read")[];
      logoUri: string | null;
      homeUri: string | null;
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
      /** how much of what it may have; a name that is absent is not limited */
      limits: Record<string, number>;
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
        eventTypes?: ("identity.signed_in" | "identity.signed_out" | "identity.disabled" | "identity.enabled" | "member.joined" | "member.left" | "invitation.created" | "invitation.accepted" | "invitation.revoked")[];
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
      eventTypes: ("identity.signed_in" | "identity.signed_out" | "identity.disabled" | "identity.enabled" | "member.joined" | "member.left" | "invitation.created" | "invitation.accepted" | "invitation.revoked")[];
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
  /** Take back what the caller has agreed to for an application */
  withdrawConsent: {
    input: {
      params: {
        clientId: string;
      };
    };
    response: undefined;
  };
}

/** Where each operation is and what it takes. */
export const operationRoutes = {
  acceptInvitation: { method: 'POST', path: '/api/v1/auth/invitations/accept', contentType: 'application/json' },
  acceptInvitationAsCaller: { method: 'POST', path: '/api/v1/invitations/accept', contentType: 'application/json' },
  activateTenant: { method: 'POST', path: '/api/v1/tenants/{tenantId}/activate' },
  addEmailDomain: { method: 'POST', path: '/api/v1/email-domains', contentType: 'application/json', idempotent: true },
  addGroupMember: { method: 'PUT', path: '/api/v1/groups/{groupId}/members/{userId}' },
  answerConsentRequest: { method: 'POST', path: '/api/v1/auth/interactions/{interactionId}', contentType: 'application/json' },
  answerDevice: { method: 'POST', path: '/api/v1/auth/devices/answer', contentType: 'application/json' },
  assignPlatformRole: { method: 'POST', path: '/api/v1/roles/platform/assignments', contentType: 'application/json', idempotent: true },
  assignRole: { method: 'POST', path: '/api/v1/roles/assignments', contentType: 'application/json', idempotent: true },
  beginPasskeyRegistration: { method: 'POST', path: '/api/v1/users/me/passkeys/options', contentType: 'application/json' },
  beginPasskeySignIn: { method: 'POST', path: '/api/v1/auth/passkey/options' },
  cancelSubscription: { method: 'POST', path: '/api/v1/subscriptions/{subscriptionId}/cancel', contentType: 'application/json', idempotent: true },
  changePassword: { method: 'PUT', path: '/api/v1/users/me/password', contentType: 'application/json' },
  changeSubscription: { method: 'POST', path: '/api/v1/subscriptions/{subscriptionId}/change', contentType: 'application/json', idempotent: true },
  changeTenantLimits: { method: 'PUT', path: '/api/v1/tenants/{tenantId}/limits', contentType: 'application/json' },
  checkPermissions: { method: 'POST', path: '/api/v1/permissions/check', contentType: 'application/json' },
  closeTenant: { method: 'POST', path: '/api/v1/tenants/{tenantId}/close', contentType: 'application/json' },
  completePasskeySignIn: { method: 'POST', path: '/api/v1/auth/passkey', contentType: 'application/json' },
  completeSecondFactor: { method: 'POST', path: '/api/v1/auth/second-factor', contentType: 'application/json' },
  confirmAuthenticator: { method: 'POST', path: '/api/v1/users/me/authenticator/confirmation', contentType: 'application/json' },
  confirmEmailSignIn: { method: 'POST', path: '/api/v1/auth/email-sign-in/confirm', contentType: 'application/json' },
  confirmPasswordReset: { method: 'POST', path: '/api/v1/auth/password-reset/confirm', contentType: 'application/json' },
  createAccount: { method: 'POST', path: '/api/v1/accounts', contentType: 'application/json', idempotent: true },
  createAccounts: { method: 'POST', path: '/api/v1/accounts/batch', contentType: 'application/json', idempotent: true },
  createApiKey: { method: 'POST', path: '/api/v1/api-keys', contentType: 'application/json' },
  createAuthenticator: { method: 'POST', path: '/api/v1/users/me/authenticator', contentType: 'application/json' },
  createClient: { method: 'POST', path: '/api/v1/clients', contentType: 'application/json' },
  createDivision: { method: 'POST', path: '/api/v1/divisions', contentType: 'application/json', idempotent: true },
  createFeature: { method: 'POST', path: '/api/v1/features', contentType: 'application/json', idempotent: true },
  createGroup: { method: 'POST', path: '/api/v1/groups', contentType: 'application/json', idempotent: true },
  createIdentityProvider: { method: 'POST', path: '/api/v1/identity-providers', contentType: 'application/json' },
  createInvitation: { method: 'POST', path: '/api/v1/invitations', contentType: 'application/json', idempotent: true },
  createMeter: { method: 'POST', path: '/api/v1/metering/meters', contentType: 'application/json', idempotent: true },
  createOrganization: { method: 'POST', path: '/api/v1/organizations', contentType: 'application/json', idempotent: true },
  createPasskey: { method: 'POST', path: '/api/v1/users/me/passkeys', contentType: 'application/json' },
  createPermission: { method: 'POST', path: '/api/v1/permissions', contentType: 'application/json', idempotent: true },
  createPlan: { method: 'POST', path: '/api/v1/plans', contentType: 'application/json', idempotent: true },
  createPlatformRole: { method: 'POST', path: '/api/v1/roles/platform', contentType: 'application/json', idempotent: true },
  createProduct: { method: 'POST', path: '/api/v1/products', contentType: 'application/json', idempotent: true },
  createRole: { method: 'POST', path: '/api/v1/roles', contentType: 'application/json', idempotent: true },
  createServiceAccount: { method: 'POST', path: '/api/v1/service-accounts', contentType: 'application/json' },
  createSubscription: { method: 'POST', path: '/api/v1/subscriptions', contentType: 'application/json', idempotent: true },
  createSubscriptions: { method: 'POST', path: '/api/v1/subscriptions/batch', contentType: 'application/json', idempotent: true },
  createUser: { method: 'POST', path: '/api/v1/users', contentType: 'application/json', idempotent: true },
  createWebhook: { method: 'POST', path: '/api/v1/webhooks', contentType: 'application/json' },
  deleteAccessEntity: { method: 'DELETE', path: '/api/v1/access/entities/{type}/{id}' },
  deleteClient: { method: 'DELETE', path: '/api/v1/clients/{clientId}' },
  deleteDivision: { method: 'DELETE', path: '/api/v1/divisions/{divisionId}' },
  deleteGroup: { method: 'DELETE', path: '/api/v1/groups/{groupId}' },
  deleteIdentityProvider: { method: 'DELETE', path: '/api/v1/identity-providers/{providerId}' },
  deletePasskey: { method: 'DELETE', path: '/api/v1/users/me/passkeys/{passkeyId}' },
  deletePermission: { method: 'DELETE', path: '/api/v1/permissions/{name}' },
  deletePlatformRole: { method: 'DELETE', path: '/api/v1/roles/platform/{roleId}' },
  deleteRole: { method: 'DELETE', path: '/api/v1/roles/{roleId}' },
  deleteServiceAccount: { method: 'DELETE', path: '/api/v1/service-accounts/{serviceAccountId}' },
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
  finalizeInvoice: { method: 'POST', path: '/api/v1/invoices/{invoiceId}/finalize', idempotent: true },
  findDevice: { method: 'POST', path: '/api/v1/auth/devices/search', contentType: 'application/json' },
  getAccount: { method: 'GET', path: '/api/v1/accounts/{accountId}' },
  getApiKey: { method: 'GET', path: '/api/v1/api-keys/{apiKeyId}' },
  getAuditEntry: { method: 'GET', path: '/api/v1/audit/{entryId}' },
  getAuthenticator: { method: 'GET', path: '/api/v1/users/me/authenticator' },
  getClient: { method: 'GET', path: '/api/v1/clients/{clientId}' },
  getConsentRequest: { method: 'GET', path: '/api/v1/auth/interactions/{interactionId}' },
  getCurrentUsage: { method: 'GET', path: '/api/v1/usage/current' },
  getDeletionCertificate: { method: 'GET', path: '/api/v1/tenants/{tenantId}/certificate' },
  getDivision: { method: 'GET', path: '/api/v1/divisions/{divisionId}' },
  getEmailDomain: { method: 'GET', path: '/api/v1/email-domains/{domainId}' },
  getFeature: { method: 'GET', path: '/api/v1/features/{featureId}' },
  getGroup: { method: 'GET', path: '/api/v1/groups/{groupId}' },
  getIdentityProvider: { method: 'GET', path: '/api/v1/identity-providers/{providerId}' },
  getInvitation: { method: 'GET', path: '/api/v1/invitations/{invitationId}' },
  getInvoice: { method: 'GET', path: '/api/v1/invoices/{invoiceId}' },
  getMeter: { method: 'GET', path: '/api/v1/metering/meters/{meterId}' },
  getOrganization: { method: 'GET', path: '/api/v1/organizations/{organizationId}' },
  getOwnProfile: { method: 'GET', path: '/api/v1/profiles/me' },
  getOwnUser: { method: 'GET', path: '/api/v1/users/me' },
  getPlan: { method: 'GET', path: '/api/v1/plans/{planId}' },
  getPlanVersion: { method: 'GET', path: '/api/v1/plans/{planId}/versions/{planVersion}' },
  getPrice: { method: 'GET', path: '/api/v1/prices/{priceId}' },
  getProduct: { method: 'GET', path: '/api/v1/products/{productId}' },
  getRealmRoles: { method: 'GET', path: '/api/v1/users/{userId}/realm-roles' },
  getRole: { method: 'GET', path: '/api/v1/roles/{roleId}' },
  getServiceAccount: { method: 'GET', path: '/api/v1/service-accounts/{serviceAccountId}' },
  getSession: { method: 'GET', path: '/api/v1/auth/session' },
  getSignInPolicy: { method: 'GET', path: '/api/v1/sign-in-policy' },
  getSubscription: { method: 'GET', path: '/api/v1/subscriptions/{subscriptionId}' },
  getTenant: { method: 'GET', path: '/api/v1/tenants/{tenantId}' },
  getTenantExport: { method: 'GET', path: '/api/v1/tenants/{tenantId}/exports/{exportId}' },
  getToken: { method: 'GET', path: '/api/v1/auth/token' },
  getUsage: { method: 'GET', path: '/api/v1/usage' },
  getUser: { method: 'GET', path: '/api/v1/users/{userId}' },
  getWebhook: { method: 'GET', path: '/api/v1/webhooks/{webhookId}' },
  ingestUsage: { method: 'POST', path: '/api/v1/usage/events', contentType: 'application/cloudevents-batch+json' },
  leaveOrganization: { method: 'POST', path: '/api/v1/organizations/{organizationId}/leave' },
  linkIdentity: { method: 'POST', path: '/api/v1/users/me/identities', contentType: 'application/json' },
  linkUserIdentity: { method: 'POST', path: '/api/v1/users/{userId}/identities', contentType: 'application/json' },
  listAccessEntities: { method: 'GET', path: '/api/v1/access/entities/{type}' },
  listAccounts: { method: 'GET', path: '/api/v1/accounts' },
  listApiKeys: { method: 'GET', path: '/api/v1/api-keys' },
  listAuditEntries: { method: 'GET', path: '/api/v1/audit' },
  listClients: { method: 'GET', path: '/api/v1/clients' },
  listConsents: { method: 'GET', path: '/api/v1/users/me/consents' },
  listDecisions: { method: 'GET', path: '/api/v1/access/decisions' },
  listDivisions: { method: 'GET', path: '/api/v1/divisions' },
  listEmailDomains: { method: 'GET', path: '/api/v1/email-domains' },
  listFeatures: { method: 'GET', path: '/api/v1/features' },
  listGroupMembers: { method: 'GET', path: '/api/v1/groups/{groupId}/members' },
  listGroups: { method: 'GET', path: '/api/v1/groups' },
  listIdentities: { method: 'GET', path: '/api/v1/users/me/identities' },
  listIdentityProviders: { method: 'GET', path: '/api/v1/identity-providers' },
  listInvitations: { method: 'GET', path: '/api/v1/invitations' },
  listInvoiceLines: { method: 'GET', path: '/api/v1/invoices/{invoiceId}/lines' },
  listInvoices: { method: 'GET', path: '/api/v1/invoices' },
  listMeters: { method: 'GET', path: '/api/v1/metering/meters' },
  listOrganizationMembers: { method: 'GET', path: '/api/v1/organizations/{organizationId}/members' },
  listOrganizations: { method: 'GET', path: '/api/v1/organizations' },
  listPasskeys: { method: 'GET', path: '/api/v1/users/me/passkeys' },
  listPermissions: { method: 'GET', path: '/api/v1/permissions' },
  listPlanVersions: { method: 'GET', path: '/api/v1/plans/{planId}/versions' },
  listPlans: { method: 'GET', path: '/api/v1/plans' },
  listPlatformRoleAssignments: { method: 'GET', path: '/api/v1/roles/platform/assignments' },
  listPlatformRoles: { method: 'GET', path: '/api/v1/roles/platform' },
  listPrices: { method: 'GET', path: '/api/v1/prices' },
  listProducts: { method: 'GET', path: '/api/v1/products' },
  listRoleAssignments: { method: 'GET', path: '/api/v1/roles/assignments' },
  listRoles: { method: 'GET', path: '/api/v1/roles' },
  listServiceAccounts: { method: 'GET', path: '/api/v1/service-accounts' },
  listSessions: { method: 'GET', path: '/api/v1/sessions' },
  listSignInProviders: { method: 'GET', path: '/api/v1/auth/federation/providers' },
  listSigningKeys: { method: 'GET', path: '/api/v1/auth/jwks' },
  listSubscriptions: { method: 'GET', path: '/api/v1/subscriptions' },
  listTenantExports: { method: 'GET', path: '/api/v1/tenants/{tenantId}/exports' },
  listTenants: { method: 'GET', path: '/api/v1/tenants' },
  listTiers: { method: 'GET', path: '/api/v1/tiers' },
  listUnmatchedUsage: { method: 'GET', path: '/api/v1/usage/unmatched' },
  listUserSessions: { method: 'GET', path: '/api/v1/users/{userId}/sessions' },
  listUsers: { method: 'GET', path: '/api/v1/users' },
  listWebhookDeliveries: { method: 'GET', path: '/api/v1/webhooks/{webhookId}/deliveries' },
  listWebhooks: { method: 'GET', path: '/api/v1/webhooks' },
  lookUpInvitation: { method: 'POST', path: '/api/v1/auth/invitations/look-up', contentType: 'application/json' },
  moveDivision: { method: 'POST', path: '/api/v1/divisions/{divisionId}/move', contentType: 'application/json' },
  payInvoice: { method: 'POST', path: '/api/v1/invoices/{invoiceId}/pay', idempotent: true },
  publishPlanVersion: { method: 'POST', path: '/api/v1/plans/{planId}/versions', contentType: 'application/json', idempotent: true },
  putAccessEntity: { method: 'PUT', path: '/api/v1/access/entities/{type}/{id}', contentType: 'application/json' },
  redeliverWebhook: { method: 'POST', path: '/api/v1/webhooks/{webhookId}/deliveries/{deliveryId}/redeliver' },
  removeAuthenticator: { method: 'POST', path: '/api/v1/users/me/authenticator/removal', contentType: 'application/json' },
  removeEmailDomain: { method: 'DELETE', path: '/api/v1/email-domains/{domainId}' },
  removeGroupMember: { method: 'DELETE', path: '/api/v1/groups/{groupId}/members/{userId}' },
  removeOrganizationMember: { method: 'DELETE', path: '/api/v1/organizations/{organizationId}/members/{userId}' },
  removePlatformRoleAssignment: { method: 'DELETE', path: '/api/v1/roles/platform/assignments/{assignmentId}' },
  removeRoleAssignment: { method: 'DELETE', path: '/api/v1/roles/assignments/{assignmentId}' },
  renamePasskey: { method: 'PATCH', path: '/api/v1/users/me/passkeys/{passkeyId}', contentType: 'application/merge-patch+json' },
  renameSession: { method: 'PATCH', path: '/api/v1/sessions/{sessionId}', contentType: 'application/merge-patch+json' },
  renewRecoveryCodes: { method: 'POST', path: '/api/v1/users/me/recovery-codes', contentType: 'application/json' },
  reopenTenant: { method: 'POST', path: '/api/v1/tenants/{tenantId}/reopen' },
  replaceSignInPolicy: { method: 'PUT', path: '/api/v1/sign-in-policy', contentType: 'application/json' },
  replayUnmatchedUsage: { method: 'POST', path: '/api/v1/usage/unmatched/replay' },
  requestEmailSignIn: { method: 'POST', path: '/api/v1/auth/email-sign-in', contentType: 'application/json' },
  requestPasswordReset: { method: 'POST', path: '/api/v1/auth/password-reset', contentType: 'application/json' },
  requestTenantExport: { method: 'POST', path: '/api/v1/tenants/{tenantId}/exports', idempotent: true },
  requestVerification: { method: 'POST', path: '/api/v1/auth/verification', contentType: 'application/json' },
  resendInvitation: { method: 'POST', path: '/api/v1/invitations/{invitationId}/resend' },
  resetUserPassword: { method: 'POST', path: '/api/v1/users/{userId}/password-reset' },
  revokeAllSessions: { method: 'DELETE', path: '/api/v1/sessions' },
  revokeApiKey: { method: 'DELETE', path: '/api/v1/api-keys/{apiKeyId}' },
  revokeInvitation: { method: 'DELETE', path: '/api/v1/invitations/{invitationId}' },
  revokeSession: { method: 'DELETE', path: '/api/v1/sessions/{sessionId}' },
  rotateApiKey: { method: 'POST', path: '/api/v1/api-keys/{apiKeyId}/rotate', contentType: 'application/json' },
  rotateClientSecret: { method: 'POST', path: '/api/v1/clients/{clientId}/secret', contentType: 'application/json' },
  rotateServiceAccountSecret: { method: 'POST', path: '/api/v1/service-accounts/{serviceAccountId}/secret', contentType: 'application/json' },
  rotateWebhookSecret: { method: 'POST', path: '/api/v1/webhooks/{webhookId}/secret', contentType: 'application/json' },
  runInvoices: { method: 'POST', path: '/api/v1/invoices/runs', contentType: 'application/json' },
  searchActions: { method: 'POST', path: '/api/v1/access/v1/search/action', contentType: 'application/json' },
  searchResources: { method: 'POST', path: '/api/v1/access/v1/search/resource', contentType: 'application/json' },
  searchSubjects: { method: 'POST', path: '/api/v1/access/v1/search/subject', contentType: 'application/json' },
  setRealmRoles: { method: 'PUT', path: '/api/v1/users/{userId}/realm-roles', contentType: 'application/json' },
  signIn: { method: 'POST', path: '/api/v1/auth/sign-in/email', contentType: 'application/json' },
  signOut: { method: 'POST', path: '/api/v1/auth/sign-out' },
  signUp: { method: 'POST', path: '/api/v1/auth/sign-up/email', contentType: 'application/json' },
  signUpByInvitation: { method: 'POST', path: '/api/v1/auth/invitations/sign-up', contentType: 'application/json' },
  startImpersonation: { method: 'POST', path: '/api/v1/impersonations', contentType: 'application/json' },
  suspendTenant: { method: 'POST', path: '/api/v1/tenants/{tenantId}/suspend' },
  testIdentityProvider: { method: 'POST', path: '/api/v1/identity-providers/{providerId}/test' },
  testWebhook: { method: 'POST', path: '/api/v1/webhooks/{webhookId}/test' },
  transferOrganization: { method: 'POST', path: '/api/v1/organizations/{organizationId}/transfer', contentType: 'application/json' },
  unlinkIdentity: { method: 'DELETE', path: '/api/v1/users/me/identities/{identityId}' },
  updateAccount: { method: 'PATCH', path: '/api/v1/accounts/{accountId}', contentType: 'application/merge-patch+json' },
  updateApiKey: { method: 'PATCH', path: '/api/v1/api-keys/{apiKeyId}', contentType: 'application/merge-patch+json' },
  updateClient: { method: 'PATCH', path: '/api/v1/clients/{clientId}', contentType: 'application/merge-patch+json' },
  updateDivision: { method: 'PATCH', path: '/api/v1/divisions/{divisionId}', contentType: 'application/merge-patch+json' },
  updateEmailDomain: { method: 'PATCH', path: '/api/v1/email-domains/{domainId}', contentType: 'application/merge-patch+json' },
  updateFeature: { method: 'PATCH', path: '/api/v1/features/{featureId}', contentType: 'application/merge-patch+json' },
  updateGroup: { method: 'PATCH', path: '/api/v1/groups/{groupId}', contentType: 'application/merge-patch+json' },
  updateIdentityProvider: { method: 'PATCH', path: '/api/v1/identity-providers/{providerId}', contentType: 'application/merge-patch+json' },
  updateMeter: { method: 'PATCH', path: '/api/v1/metering/meters/{meterId}', contentType: 'application/merge-patch+json' },
  updateOrganization: { method: 'PATCH', path: '/api/v1/organizations/{organizationId}', contentType: 'application/merge-patch+json' },
  updateOwnProfile: { method: 'PATCH', path: '/api/v1/profiles/me', contentType: 'application/merge-patch+json' },
  updateOwnUser: { method: 'PATCH', path: '/api/v1/users/me', contentType: 'application/merge-patch+json' },
  updatePlan: { method: 'PATCH', path: '/api/v1/plans/{planId}', contentType: 'application/merge-patch+json' },
  updatePlatformRole: { method: 'PATCH', path: '/api/v1/roles/platform/{roleId}', contentType: 'application/merge-patch+json' },
  updateProduct: { method: 'PATCH', path: '/api/v1/products/{productId}', contentType: 'application/merge-patch+json' },
  updateRole: { method: 'PATCH', path: '/api/v1/roles/{roleId}', contentType: 'application/merge-patch+json' },
  updateServiceAccount: { method: 'PATCH', path: '/api/v1/service-accounts/{serviceAccountId}', contentType: 'application/merge-patch+json' },
  updateTenant: { method: 'PATCH', path: '/api/v1/tenants/{tenantId}', contentType: 'application/merge-patch+json' },
  updateUser: { method: 'PATCH', path: '/api/v1/users/{userId}', contentType: 'application/merge-patch+json' },
  updateWebhook: { method: 'PATCH', path: '/api/v1/webhooks/{webhookId}', contentType: 'application/merge-patch+json' },
  verifyAuditTrail: { method: 'GET', path: '/api/v1/audit/verification' },
  verifyEmail: { method: 'POST', path: '/api/v1/auth/verify-email', contentType: 'application/json' },
  verifyEmailDomain: { method: 'POST', path: '/api/v1/email-domains/{domainId}/verify' },
  voidInvoice: { method: 'POST', path: '/api/v1/invoices/{invoiceId}/void', idempotent: true },
  withdrawConsent: { method: 'DELETE', path: '/api/v1/users/me/consents/{clientId}' },
} as const;
