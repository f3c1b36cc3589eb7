import { expect, test } from 'vitest';
import { parseCamt053 } from './parse-camt053.ts';
import { parseCsvStatement } from './parse-csv-statement.ts';

const statement = (entries: string, version = '001.08') => `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.${version}"><BkToCstmrStmt><Stmt>
<Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct>${entries}</Stmt></BkToCstmrStmt></Document>`;

const entry = (changes: Partial<Record<'amount' | 'sign' | 'status' | 'more' | 'details' | 'name', string>> = {}) => {
  const { amount = '10.50', sign = 'CRDT', status = '<Cd>BOOK</Cd>', more = '', details = '', name = 'B1' } = changes;
  return `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${sign}</CdtDbtInd>${more}<Sts>${status}</Sts>
    <BookgDt><Dt>2024-06-14</Dt></BookgDt><AcctSvcrRef>${name}</AcctSvcrRef>
    <NtryDtls>${details || '<TxDtls><RltdPties><Dbtr><Pty><Nm>Acme &amp; Co</Nm></Pty></Dbtr></RltdPties><RmtInf><Ustrd>INV-000001</Ustrd></RmtInf></TxDtls>'}</NtryDtls></Ntry>`;
};

test('reads booked credits of a camt.053 and nothing else', () => {
  const read = parseCamt053(
    statement(
      entry() +
        entry({ sign: 'DBIT' }) +
        entry({ status: '<Cd>PDNG</Cd>' }) +
        entry({ more: '<RvslInd>true</RvslInd>' }) +
        entry({ status: 'BOOK', name: 'B2', amount: '3' }),
    ),
  );
  expect(read).toEqual([
    {
      bankAccount: 'DE02120300000000202051',
      bankReference: 'B1',
      bookedOn: '2024-06-14',
      currency: 'EUR',
      amountMinor: 1050n,
      payer: 'Acme & Co',
      reference: 'INV-000001',
    },
    expect.objectContaining({ bankReference: 'B2', amountMinor: 300n }),
  ]);
});

test('reads each transaction of a collected entry, with structured references', () => {
  const part = (amount: string, reference: string) =>
    `<TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><Amt Ccy="EUR">${amount}</Amt>
     <RmtInf><Strd><CdtrRefInf><Ref>${reference}</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>`;
  const read = parseCamt053(
    statement(entry({ amount: '30.00', details: part('10.00', 'INV-1') + part('20.00', 'INV-2') }), '001.02'),
  );
  expect(read.map(({ amountMinor, reference, bankReference }) => [amountMinor, reference, bankReference])).toEqual([
    [1000n, 'INV-1', 'B1/1'],
    [2000n, 'INV-2', 'B1/2'],
  ]);
});

test.each([
  ['<a>', /no XML/],
  ['<a/>', /no camt\.053/],
  ['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', /document type/],
  [statement(entry({ amount: '1,50' })), /Ntry 1\/Amt/],
  [statement(entry({ amount: '1.505' })), /more than 2 decimals/],
])('refuses %s', (content, message) => {
  expect(() => parseCamt053(content)).toThrow(message);
});

const header = 'bankReference,bankAccount,bookedOn,amount,currency,reference,payer';

test('reads CSV with quotes, in any order of columns', () => {
  const read = parseCsvStatement(`${header},other\r\n1,DE1,2024-06-14,500,JPY,"INV-1, ""thanks""\nall",Acme,x\r\n\r\n`);
  expect(read).toEqual([
    {
      bankAccount: 'DE1',
      bankReference: '1',
      bookedOn: '2024-06-14',
      currency: 'JPY',
      amountMinor: 500n,
      payer: 'Acme',
      reference: 'INV-1, "thanks"\nall',
    },
  ]);
});

test.each([
  ['a,b\n', /column "bankAccount" is missing/],
  [`${header}\n1,DE1,2024-06-14,0.00,EUR,x,y`, /row 2, amount is zero/],
  [`${header}\n1,DE1,2024-13-45,1,EUR,x,y`, /row 2, bookedOn/],
  [`${header}\n1,DE1,2024-06-14,-1,EUR,x,y`, /row 2, amount/],
  [`${header}\n,DE1,2024-06-14,1,EUR,x,y`, /row 2, bankReference is empty/],
  [`${header}\n1,DE1,2024-06-14,1,EUR,"x,y`, /has no end/],
])('refuses the CSV %j', (content, message) => {
  expect(() => parseCsvStatement(content)).toThrow(message);
});
