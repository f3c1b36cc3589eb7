import type { NoticeTexts } from './texts.ts';

export const english: NoticeTexts = {
  greeting: (name) => `Dear ${name},`,
  contact: (email) => `If you have questions, write to ${email}.`,
  closing: (issuer) => `Kind regards\n${issuer}`,
  method: (brand, last4) => `${brand} ending in ${last4}`,
  otherMethod: 'your payment method',
  invoiceIssued: {
    subject: (number, issuer) => `Invoice ${number} from ${issuer}`,
    attached: (number, total) => `Attached is invoice ${number} over ${total}.`,
    payBy: (amount, date) => `Please pay ${amount} by ${date}.`,
    charged: (amount, method) => `We charge ${amount} to ${method}. You need not do anything.`,
    settled: 'It is settled already. You need not do anything.',
  },
  paymentSucceeded: {
    subject: (issuer) => `Your payment to ${issuer}`,
    received: (amount) => `We have received ${amount}. Thank you.`,
    receivedFor: (amount, number) => `We have received ${amount} for invoice ${number}. Thank you.`,
  },
  paymentFailed: {
    subject: (issuer) => `Your payment to ${issuer} did not go through`,
    failed: (amount, method) => `We could not charge ${amount} to ${method}.`,
    failedFor: (amount, number, method) => `We could not charge ${amount} for invoice ${number} to ${method}.`,
    advice: {
      hard: 'We do not try it again by this payment method. Please give us another one, or pay in another way.',
      soft: 'Please make sure that the amount can be charged. We try again.',
      authentication: 'Your bank asks for your own confirmation. Please pay while you can confirm it.',
    },
  },
  dunning: {
    subject: {
      first: (number) => `Payment reminder for invoice ${number}`,
      second: (number) => `Second payment reminder for invoice ${number}`,
      last: (number) => `Last payment reminder for invoice ${number}`,
      other: (number) => `Payment reminder for invoice ${number}`,
    },
    open: (number, amount, date) => `Of invoice ${number}, which was due on ${date}, ${amount} is still to be paid.`,
    request: {
      first: 'It may have escaped you. Please pay it now.',
      second: 'We have reminded you of it before. Please pay it now.',
      last: 'This is our last reminder. Please pay it at once.',
      other: 'Please pay it now.',
    },
    paused: 'We have paused the subscriptions on this invoice.',
    canceled: 'We have ended the subscriptions on this invoice.',
    crossed: 'If you have paid in the meantime, please disregard this mail.',
  },
  cardExpiring: {
    subject: (issuer) => `Your card for ${issuer} is about to expire`,
    expires: (method, date) => `Your card, ${method}, can be charged until ${date}.`,
    renew: 'Please give us its successor or another payment method before that day.',
  },
};
