/** Something that an account can be charged by, as the gateway names it. No number of a card is ever kept. */
export interface PaymentMethod {
  readonly id: string;
  readonly accountId: string;
  readonly gatewayAccountId: string;
  readonly gatewayCustomerId: string;
  readonly gatewayMethodId: string;
  readonly type: string;
  readonly brand: string | null;
  readonly last4: string | null;
  readonly expiryMonth: number | null;
  readonly expiryYear: number | null;
  readonly isDefault: boolean;
  /** declined: not charged by itself any more. */
  readonly status: 'active' | 'declined' | 'removed';
  readonly declineCode: string | null;
  /** The last notice before the expiry: so many days before it. */
  readonly expiryNoticeDays: number | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const noticeDays = [7, 30] as const;

/** The last day on which a card can be charged: the last one of its month; undefined for what does not expire. */
export function expiresOn({ expiryMonth, expiryYear }: PaymentMethod): string | undefined {
  if (expiryMonth === null || expiryYear === null) return undefined;
  return new Date(Date.UTC(expiryYear, expiryMonth, 0)).toISOString().slice(0, 10);
}

/**
 * The notice that is due on a date: 30 days before the expiry and 7 days before it, each once, and after the expiry
 * none. Undefined when none is.
 */
export function dueNotice(method: PaymentMethod, today: string): number | undefined {
  const last = expiresOn(method);
  if (last === undefined || today > last) return undefined;
  const daysLeft = Math.round((Date.parse(last) - Date.parse(today)) / 86_400_000);
  const notice = noticeDays.find((days) => daysLeft <= days);
  return notice !== undefined && (method.expiryNoticeDays === null || notice < method.expiryNoticeDays)
    ? notice
    : undefined;
}
