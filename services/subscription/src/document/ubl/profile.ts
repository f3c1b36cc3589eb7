export const ublProfiles = ['en16931', 'xrechnung', 'peppol'] as const;

/** The European standard alone, or one of the usages of it that receivers ask for. */
export type UblProfile = (typeof ublProfiles)[number];

const billing = 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0';

/** The identifiers by which a receiver knows the rules that a document follows (BT-24, BT-23). */
export const profileIds: Readonly<Record<UblProfile, { readonly customization: string; readonly process?: string }>> = {
  en16931: { customization: 'urn:cen.eu:en16931:2017' },
  xrechnung: {
    customization: 'urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0',
    process: billing,
  },
  peppol: {
    customization: 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0',
    process: billing,
  },
};
