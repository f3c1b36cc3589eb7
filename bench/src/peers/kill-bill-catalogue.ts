/** A catalogue of one plan: a monthly fee, and calls that are counted and charged in arrears. */
export const killBillCatalogue = `<?xml version="1.0" encoding="UTF-8"?>
<catalog xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="CatalogSchema.xsd">
  <effectiveDate>2020-01-01T00:00:00Z</effectiveDate>
  <catalogName>bench</catalogName>
  <recurringBillingMode>IN_ADVANCE</recurringBillingMode>
  <currencies><currency>EUR</currency></currencies>
  <units><unit name="api_call"/></units>
  <products><product name="hosting"><category>BASE</category></product></products>
  <rules>
    <changePolicy><changePolicyCase><policy>IMMEDIATE</policy></changePolicyCase></changePolicy>
    <cancelPolicy><cancelPolicyCase><policy>IMMEDIATE</policy></cancelPolicyCase></cancelPolicy>
    <priceList><priceListCase><toPriceList>DEFAULT</toPriceList></priceListCase></priceList>
  </rules>
  <plans>
    <plan name="team">
      <product>hosting</product>
      <recurringBillingMode>IN_ADVANCE</recurringBillingMode>
      <finalPhase type="EVERGREEN">
        <duration><unit>UNLIMITED</unit></duration>
        <recurring>
          <billingPeriod>MONTHLY</billingPeriod>
          <recurringPrice><price><currency>EUR</currency><value>29</value></price></recurringPrice>
        </recurring>
        <usages>
          <usage name="team-calls" billingMode="IN_ARREAR" usageType="CONSUMABLE" tierBlockPolicy="ALL_TIERS">
            <billingPeriod>MONTHLY</billingPeriod>
            <tiers><tier><blocks><tieredBlock>
              <unit>api_call</unit><size>1</size>
              <prices><price><currency>EUR</currency><value>0.002</value></price></prices>
              <max>-1</max>
            </tieredBlock></blocks></tier></tiers>
          </usage>
        </usages>
      </finalPhase>
    </plan>
  </plans>
  <priceLists><defaultPriceList name="DEFAULT"><plans><plan>team</plan></plans></defaultPriceList></priceLists>
</catalog>
`;
