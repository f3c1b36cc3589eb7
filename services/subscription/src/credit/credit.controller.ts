import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import { toResponse as toInvoiceResponse } from '../invoice/invoice.dto.ts';
import { toResponse as toPaymentResponse } from '../payment/payment.dto.ts';
import { requestKeyOf } from '../payment/request-key.ts';
import { CreditBalanceService } from './credit-balance.service.ts';
import { grantCredit, toSource } from './credit-grant.dto.ts';
import { CreditGrantService } from './credit-grant.service.ts';
import * as operations from './credit.dto.ts';
import { toBalanceResponse, toEntryResponse, toGrantResponse, toWalletResponse } from './credit.dto.ts';
import { CreditService } from './credit.service.ts';

@Controller('api/v1')
export class CreditController {
  readonly #credits: CreditService;
  readonly #grants: CreditGrantService;
  readonly #balances: CreditBalanceService;
  constructor(
    @Inject(CreditService) credits: CreditService,
    @Inject(CreditGrantService) grants: CreditGrantService,
    @Inject(CreditBalanceService) balances: CreditBalanceService,
  ) {
    this.#credits = credits;
    this.#grants = grants;
    this.#balances = balances;
  }

  @Handles(operations.getCredits)
  async get({
    tenantId,
    query,
  }: OperationInput<typeof operations.getCredits>): Promise<OperationOutput<typeof operations.getCredits>> {
    const credits = await this.#credits.getCredits(tenantId, query.accountId);
    return {
      data: credits.map(({ wallet, grants }) => ({ ...toWalletResponse(wallet), grants: grants.map(toGrantResponse) })),
    };
  }

  @Handles(operations.getCreditBalance)
  async getBalance({
    tenantId,
    query,
  }: OperationInput<typeof operations.getCreditBalance>): Promise<OperationOutput<typeof operations.getCreditBalance>> {
    return { data: (await this.#balances.getBalance(tenantId, query.accountId)).map(toBalanceResponse) };
  }

  @Handles(operations.listCreditGrants)
  async listGrants({
    tenantId,
    query,
  }: OperationInput<typeof operations.listCreditGrants>): Promise<OperationOutput<typeof operations.listCreditGrants>> {
    const page = await this.#credits.listGrants(tenantId, query);
    return { ...page, data: page.data.map(toGrantResponse) };
  }

  @Handles(grantCredit)
  async grant({
    tenantId,
    body,
    principal,
    headers,
  }: OperationInput<typeof grantCredit>): Promise<OperationOutput<typeof grantCredit>> {
    const { accountId, currency, priority, expiresAt, reason } = body;
    const { grant, payment, returnedMinor } = await this.#grants.grant(tenantId, {
      accountId,
      currency,
      terms: { priority, reason, expiresAt: expiresAt === null ? null : new Date(expiresAt) },
      source: toSource(body.source),
      requestKey: requestKeyOf(principal, headers),
    });
    return {
      grant: grant && toGrantResponse(grant),
      payment: payment && toPaymentResponse(payment),
      returnedMinor: returnedMinor.toString(),
    };
  }

  @Handles(operations.getCreditGrant)
  async getGrant({
    tenantId,
    params,
  }: OperationInput<typeof operations.getCreditGrant>): Promise<OperationOutput<typeof operations.getCreditGrant>> {
    return toGrantResponse(await this.#credits.getGrant(tenantId, params.grantId));
  }

  @Handles(operations.voidCreditGrant)
  async void({
    tenantId,
    params,
    body,
  }: OperationInput<typeof operations.voidCreditGrant>): Promise<OperationOutput<typeof operations.voidCreditGrant>> {
    return toGrantResponse(await this.#grants.void(tenantId, params.grantId, body.reason));
  }

  @Handles(operations.listCreditEntries)
  async listEntries({
    tenantId,
    query,
  }: OperationInput<typeof operations.listCreditEntries>): Promise<
    OperationOutput<typeof operations.listCreditEntries>
  > {
    const page = await this.#credits.listEntries(tenantId, query);
    return { ...page, data: page.data.map(toEntryResponse) };
  }

  @Handles(operations.applyCredit)
  async apply({
    tenantId,
    body,
  }: OperationInput<typeof operations.applyCredit>): Promise<OperationOutput<typeof operations.applyCredit>> {
    const amountMinor = body.amountMinor === undefined ? undefined : BigInt(body.amountMinor);
    return toInvoiceResponse(await this.#credits.apply(tenantId, body.invoiceId, amountMinor));
  }

  @Handles(operations.configureCreditWallet)
  async configure({
    tenantId,
    params,
    body,
    ifMatch,
  }: OperationInput<typeof operations.configureCreditWallet>): Promise<
    OperationOutput<typeof operations.configureCreditWallet>
  > {
    const { lowBalanceMinor, topUp } = body;
    const settings = {
      lowBalanceMinor: lowBalanceMinor === null ? null : BigInt(lowBalanceMinor),
      topUp: topUp && {
        thresholdMinor: BigInt(topUp.thresholdMinor),
        amountMinor: BigInt(topUp.amountMinor),
        expiryDays: topUp.expiryDays,
      },
    };
    return toWalletResponse(await this.#credits.configure(tenantId, params, settings, ifMatch));
  }
}
