/**
 * Why a tax is 0 %: the rate itself is zero, the customer or what is sold is exempt, the customer owes the tax, no tax of
 * the issuer's country applies, goods leave the customs union, or goods go to a business in another country of the union.
 */
export const zeroTaxReasons = [
  'zero_rated',
  'exempt',
  'reverse_charge',
  'out_of_scope',
  'export',
  'intra_community',
] as const;

export type ZeroTaxReason = (typeof zeroTaxReasons)[number];
