import { printedNumber, type Invoice } from '../invoice/invoice.ts';
import type { ChargeRequest } from '../payment-gateway/payment-gateway.ts';
import type { PaymentMethod } from '../payment-method/payment-method.ts';
import type { Payment } from './payment.ts';

/** A payment as the gateway is asked for it. */
export function toRequest(
  payment: Payment,
  invoice: Pick<Invoice, 'number' | 'numberPrefix'> | undefined,
  method: PaymentMethod | undefined,
  offSession: boolean,
): ChargeRequest {
  return {
    paymentId: payment.id,
    amountMinor: payment.amountMinor,
    currency: payment.currency,
    customerId: method?.gatewayCustomerId ?? null,
    methodId: method?.gatewayMethodId ?? null,
    offSession,
    description: `Invoice ${invoice === undefined ? '' : (printedNumber(invoice) ?? '')}`.trim(),
  };
}
