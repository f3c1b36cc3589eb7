import { defineCommand } from '../../cli/command.ts';

export const callCommand = defineCommand({
  path: ['call'],
  summary: 'call any operation of the API, or list them',
  description: [
    'Everything that the API can do, by the id of the operation as /api/docs shows it. A field is name=value, or',
    'name:=value for JSON; it goes where the operation has it: into the path, the query or the body. Without an operation',
    'the list of them is printed; a word that names none lists those that have it in them.',
  ].join('\n'),
  arguments: [
    { name: 'operation', doc: 'id of the operation, for example listInvoices' },
    { name: 'field', doc: 'name=value as text, name:=value as JSON', many: true },
  ],
  options: {
    body: {
      type: 'string',
      value: '<file>',
      doc: 'file with the body as JSON, - for standard input; fields add to it',
    },
    output: { type: 'string', value: '<file>', doc: 'writes the answer into a file as it came, such as a PDF' },
    'if-match': { type: 'string', value: '<version>', doc: 'changes only this version' },
    'idempotency-key': {
      type: 'string',
      value: '<key>',
      doc: 'the same key does the work once; a new one when absent',
    },
    'api-key-file': { type: 'string', value: '<file>', doc: 'file with an API key of the tenant' },
    url: { type: 'string', value: '<url>', doc: 'URL of the platform; the one that runs on --data when absent' },
    data: { type: 'string', value: '<dir>', default: '.plinth', doc: 'data directory of the platform' },
  },
  examples: [
    'plinth call invoice',
    'plinth call listInvoices status=past_due limit=20 --api-key-file key.txt',
    'plinth call createAccount key=acme name=Acme currency=EUR --api-key-file key.txt',
    'plinth call importCatalogue --body catalogue.json --api-key-file key.txt',
    'plinth call getInvoicePdf invoiceId=01a1ff98-1d4d-7786-9bcb-9054fa60bdc8 --output invoice.pdf --api-key-file key.txt',
  ],
  load: async () => (await import('./call.handler.ts')).callOperation,
});
